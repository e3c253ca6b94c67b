import { entryChanges } from './objects/compare-folders.ts';
import { editTree } from './objects/edit-tree.ts';
import type { HistoryReader } from './objects/history-reader.ts';
import { LooseObjects } from './objects/write-loose.ts';
import { shown } from './path-bytes.ts';

/** A tree like `tree`, in which every path that `select` names stands as it does in `from`. No file of either is written. */
export async function restorePaths(
  history: HistoryReader,
  repository: string,
  tree: string,
  from: string,
  select: (path: string) => boolean,
): Promise<string> {
  const changes = (await entryChanges(history, from, tree)).filter(({ key }) => select(shown(key)));
  const standing = await history.treeAt(tree);
  if (changes.length === 0) return standing;
  const objects = new LooseObjects(repository, standing.length);
  const back = new Map(changes.map(({ key, before }) => [key, before]));
  const made = await editTree(history, objects, standing, back);
  await objects.written();
  return made;
}
