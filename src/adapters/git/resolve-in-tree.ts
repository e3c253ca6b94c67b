import { type HistoryReader, itemsOf } from './objects/history-reader.ts';
import type { ObjectReader } from './objects/object-reader.ts';
import { folderMode } from './objects/tree-object.ts';
import { keyOf } from './path-bytes.ts';

export interface PlaceInTree {
  readonly treeish: string;
  readonly path: string;
}

/** What `<whole object id>:<path>` says; null for all other revisions, and for paths that git reads in ways of its own. */
export function placeInTree(revision: string): PlaceInTree | null {
  const [, treeish, path] = /^([0-9a-f]{40}|[0-9a-f]{64}):(.+)$/s.exec(revision) ?? [];
  if (treeish === undefined || path === undefined) return null;
  return path.split('/').every((part) => !['', '.', '..'].includes(part)) ? { treeish, path } : null;
}

/** The object that stands at a path, a submodule's commit too, which is never there; null where nothing does. */
export async function resolveInTree(
  reader: ObjectReader,
  history: HistoryReader,
  { treeish, path }: PlaceInTree,
): Promise<string | null> {
  const root = await reader.look(`${treeish}^{tree}`);
  if (root === null) return null;
  let at = { oid: root.oid, mode: folderMode };
  for (const name of path.split('/')) {
    if (at.mode !== folderMode) return null;
    const item = (await itemsOf(history, at.oid)).get(keyOf(Buffer.from(name)));
    if (item === undefined) return null;
    at = item;
  }
  return at.oid;
}
