import { Readable } from 'node:stream';
import type { TreeDifference } from '../../town/ports/sandbox.ts';
import type { Git } from './git-process.ts';
import { entryChanges } from './objects/compare-folders.ts';
import { editTree } from './objects/edit-tree.ts';
import type { HistoryReader } from './objects/history-reader.ts';
import type { ObjectReader } from './objects/object-reader.ts';
import { formatTree } from './objects/tree-object.ts';
import { LooseObjects } from './objects/write-loose.ts';
import { packEntries } from './pack-entries.ts';
import { packTree } from './pack-tree.ts';
import { bytesOf, type PathKey } from './path-bytes.ts';
import { submodule, type TreeEntry } from './tree-entries.ts';

export interface DifferenceParts {
  readonly git: Git;
  readonly repository: string;
  readonly reader: ObjectReader;
  readonly history: HistoryReader;
}

/** What turns one tree into another, submodules left out. `seconds` dates the files that are written (Unix time). */
export async function treeDifference(
  parts: DifferenceParts,
  from: string,
  to: string,
  seconds: number,
): Promise<TreeDifference> {
  const changes = await entryChanges(parts.history, from, to);
  const written = new Map<PathKey, TreeEntry>();
  for (const { key, after } of changes)
    if (after !== null && after.mode !== submodule) written.set(key, after);
  const deleted = changes
    .filter(({ before, after }) => before !== null && before.mode !== submodule && after === null)
    .map(({ key }) => bytesOf(key));
  const small = await packEntries(parts.reader, written, seconds);
  if (small !== null) return { files: () => Readable.from(small), deleted };
  const tree = await treeOf(parts, to, written);
  return { files: () => packTree(parts.git, tree, seconds), deleted };
}

/** A tree of the given entries alone. */
async function treeOf(
  { repository, history }: DifferenceParts,
  { length }: string,
  entries: ReadonlyMap<PathKey, TreeEntry>,
): Promise<string> {
  const objects = new LooseObjects(repository, length);
  const empty = objects.add('tree', formatTree([]));
  await objects.written();
  const tree = await editTree(history, objects, empty, entries);
  await objects.written();
  return tree;
}
