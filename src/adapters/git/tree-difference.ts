import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeDifference } from '../../town/ports/sandbox.ts';
import type { Git } from './git-process.ts';
import { packTree } from './pack-tree.ts';
import { bytesOf } from './path-bytes.ts';
import { type EntryChange, entryChanges, submodule } from './tree-entries.ts';

/**
 * What turns one tree into another, submodules left out. `seconds` dates the files that are written (Unix time); `scratch` is
 * the folder for files that nobody needs afterwards.
 */
export async function treeDifference(
  git: Git,
  scratch: string,
  from: string,
  to: string,
  seconds: number,
): Promise<TreeDifference> {
  const changes = await entryChanges(git, from, to);
  const written = changes.filter(({ after }) => after !== null && after.mode !== submodule);
  const tree = await treeOfEntries(git, scratch, written);
  const deleted = changes
    .filter(({ before, after }) => before?.mode !== submodule && after === null)
    .map(({ key }) => bytesOf(key));
  return { files: () => packTree(git, tree, seconds), deleted };
}

/** A tree of the given entries alone. The index that git needs for it is a file of its own. */
async function treeOfEntries(git: Git, scratch: string, entries: readonly EntryChange[]): Promise<string> {
  const folder = await mkdtemp(join(scratch, 'index-'));
  try {
    const variables = { GIT_INDEX_FILE: join(folder, 'index') };
    const lines = entries.map(({ key, after }) => bytesOf(`${after?.mode} ${after?.oid} 0\t${key}\0`));
    await git.run(['update-index', '-z', '--index-info'], { input: Buffer.concat(lines), variables });
    return await git.text(['write-tree'], { variables });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
