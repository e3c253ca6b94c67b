import type { Git } from './git-process.ts';
import { keyOf, type PathKey } from './path-bytes.ts';

export interface TreeEntry {
  readonly mode: string;
  readonly oid: string;
}

export const submodule = '160000';

/** Every file, link and submodule of a tree, by path. */
export async function treeEntries(git: Git, treeish: string): Promise<Map<PathKey, TreeEntry>> {
  const { stdout } = await git.run(['ls-tree', '-r', '-z', '--full-tree', treeish]);
  const entries = new Map<PathKey, TreeEntry>();
  for (const record of keyOf(stdout).split('\0')) {
    const tab = record.indexOf('\t');
    if (tab === -1) continue;
    const [mode = '', , oid = ''] = record.slice(0, tab).split(' ');
    entries.set(record.slice(tab + 1), { mode, oid });
  }
  return entries;
}

/** How one path differs between two trees; a side is null where the path is not there. */
export interface EntryChange {
  readonly key: PathKey;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}
