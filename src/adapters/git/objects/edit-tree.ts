import type { PathKey } from '../path-bytes.ts';
import type { TreeEntry } from '../tree-entries.ts';
import { type HistoryReader, itemsOf } from './history-reader.ts';
import { folderMode, formatTree, isFolder } from './tree-object.ts';
import type { LooseObjects } from './write-loose.ts';

/** What is to become of the entries of one folder, and of the folders in it; null takes an entry away. */
interface Edits {
  readonly entries: Map<PathKey, TreeEntry | null>;
  readonly folders: Map<PathKey, Edits>;
}

/**
 * A tree like `tree`, but for the paths that `changes` names (null: gone). Only the folders that they lie in are read and
 * written again.
 */
export async function editTree(
  history: HistoryReader,
  objects: LooseObjects,
  tree: string,
  changes: ReadonlyMap<PathKey, TreeEntry | null>,
): Promise<string> {
  const made = await editFolder(history, objects, tree, editsOf(changes));
  return made ?? objects.add('tree', formatTree([]));
}

/** Null for a folder that nothing is left in: git keeps none. */
async function editFolder(
  history: HistoryReader,
  objects: LooseObjects,
  tree: string | null,
  { entries, folders }: Edits,
): Promise<string | null> {
  const items = await itemsOf(history, tree);
  for (const [name, entry] of entries) if (entry === null) items.delete(name);
  for (const [name, inner] of folders) {
    const standing = items.get(name);
    const made = await editFolder(history, objects, isFolder(standing) ? standing.oid : null, inner);
    if (made !== null) items.set(name, { name, mode: folderMode, oid: made });
    else if (isFolder(standing)) items.delete(name);
  }
  for (const [name, entry] of entries) if (entry !== null) items.set(name, { name, ...entry });
  return items.size === 0 ? null : objects.add('tree', formatTree(items.values()));
}

function editsOf(changes: ReadonlyMap<PathKey, TreeEntry | null>): Edits {
  const root: Edits = { entries: new Map(), folders: new Map() };
  for (const [key, entry] of changes) {
    const parts = key.split('/');
    const name = parts.pop() ?? '';
    let at = root;
    for (const part of parts) {
      const inner = at.folders.get(part) ?? { entries: new Map(), folders: new Map() };
      at.folders.set(part, inner);
      at = inner;
    }
    at.entries.set(name, entry);
  }
  return root;
}
