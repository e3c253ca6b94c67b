import type { EntryChange, TreeEntry } from '../tree-entries.ts';
import { type HistoryReader, itemsOf } from './history-reader.ts';
import { isFolder, shownMode, type TreeItem } from './tree-object.ts';

/**
 * All paths that differ between two trees or commits, in git's order, without guessing renames. Only folders that differ are
 * read.
 */
export async function entryChanges(history: HistoryReader, from: string, to: string): Promise<EntryChange[]> {
  const [before, after] = await Promise.all([history.treeAt(from), history.treeAt(to)]);
  const changes: EntryChange[] = [];
  await compare(history, before, after, '', changes);
  return changes.sort((a, b) => (a.key < b.key ? -1 : 1));
}

async function compare(
  history: HistoryReader,
  from: string | null,
  to: string | null,
  above: string,
  changes: EntryChange[],
): Promise<void> {
  if (from === to) return;
  const [before, after] = await Promise.all([itemsOf(history, from), itemsOf(history, to)]);
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [one, other] = [before.get(name), after.get(name)];
    if (one?.oid === other?.oid && one?.mode === other?.mode) continue;
    const key = `${above}${name}`;
    if (isFolder(one) || isFolder(other)) {
      const inside = [one, other].map((item) => (isFolder(item) ? item.oid : null));
      await compare(history, inside[0] ?? null, inside[1] ?? null, `${key}/`, changes);
    }
    const [was, is] = [entryOf(one), entryOf(other)];
    if (was?.oid !== is?.oid || was?.mode !== is?.mode) changes.push({ key, before: was, after: is });
  }
}

/** Folders are told by what lies in them. */
const entryOf = (item: TreeItem | undefined): TreeEntry | null =>
  item === undefined || isFolder(item) ? null : { mode: shownMode(item.mode), oid: item.oid };
