import { type HistoryReader, itemsOf } from './history-reader.ts';
import { folderMode, formatTree, isFolder, type TreeItem } from './tree-object.ts';
import type { LooseObjects } from './write-loose.ts';

/**
 * Both sides changed the same entry, alike perhaps, or took it away: that needs git's merge, which looks into files and finds
 * what was renamed to two names.
 */
class BothChanged extends Error {
  override readonly name = 'BothChanged';
}

/**
 * The tree of a merge in which no entry was changed by both sides, or null where one was. Without such an entry git's own
 * merge gives the same: what it does about renames begins at a path that one side took away and the other changed.
 */
export async function mergeFolders(
  history: HistoryReader,
  objects: LooseObjects,
  trees: { readonly base: string; readonly ours: string; readonly theirs: string },
): Promise<string | null> {
  try {
    const merged = await mergeOne(history, objects, trees.base, trees.ours, trees.theirs);
    return merged ?? objects.add('tree', formatTree([]));
  } catch (error) {
    if (error instanceof BothChanged) return null;
    throw error;
  }
}

/** Null: nothing is left in the folder. */
async function mergeOne(
  history: HistoryReader,
  objects: LooseObjects,
  base: string | null,
  ours: string,
  theirs: string,
): Promise<string | null> {
  if (theirs === base) return ours;
  if (ours === base) return theirs;
  const [before, one, other] = await Promise.all([base, ours, theirs].map((tree) => itemsOf(history, tree)));
  const merged: TreeItem[] = [];
  for (const name of new Set([before, one, other].flatMap((lines) => [...(lines?.keys() ?? [])]))) {
    const item = await mergeItem(history, objects, before?.get(name), one?.get(name), other?.get(name));
    if (item !== undefined) merged.push(item);
  }
  return merged.length === 0 ? null : objects.add('tree', formatTree(merged));
}

async function mergeItem(
  history: HistoryReader,
  objects: LooseObjects,
  base: TreeItem | undefined,
  ours: TreeItem | undefined,
  theirs: TreeItem | undefined,
): Promise<TreeItem | undefined> {
  if (same(theirs, base)) return ours;
  if (same(ours, base)) return theirs;
  if (!isFolder(ours) || !isFolder(theirs) || (base !== undefined && !isFolder(base)))
    throw new BothChanged();
  const oid = await mergeOne(history, objects, base?.oid ?? null, ours.oid, theirs.oid);
  return oid === null ? undefined : { name: ours.name, mode: folderMode, oid };
}

const same = (one: TreeItem | undefined, other: TreeItem | undefined): boolean =>
  one?.oid === other?.oid && one?.mode === other?.mode;
