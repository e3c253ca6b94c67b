import type { Git } from '../git-process.ts';
import type { PathKey } from '../path-bytes.ts';
import { treeOf } from '../refs.ts';
import { isObjectId, remembered } from '../remembered.ts';
import { type CommitFacts, parseCommit } from './commit-object.ts';
import type { ObjectReader } from './object-reader.ts';
import { parseTree, type TreeItem } from './tree-object.ts';

/** Reads commits and trees by their ids. What they say never changes, so that they are read once for many who ask. */
export interface HistoryReader {
  /** Rejects when there is no such commit. */
  commit(oid: string): Promise<CommitFacts>;
  /** Lines of a tree in git's order. Rejects when there is no such tree. */
  tree(oid: string): Promise<readonly TreeItem[]>;
  /** The tree of a commit, or the tree itself. Rejects with `GitFailed` where there is neither. */
  treeAt(treeish: string): Promise<string>;
}

const commitsKept = 2_000;
const treesKept = 500;

export function createHistoryReader(git: Git, reader: ObjectReader): HistoryReader {
  const commits = remembered<CommitFacts>(commitsKept);
  const treesOf = remembered<string>(commitsKept);
  const trees = remembered<readonly TreeItem[]>(treesKept);
  return {
    commit: (oid) => commits(oid, async () => parseCommit(await reader.read(oid))),
    tree: (oid) => trees(oid, async () => parseTree(await reader.read(oid), oid.length)),
    treeAt(treeish) {
      const ask = () => treeOf(git, reader, treeish);
      return isObjectId(treeish) ? treesOf(treeish, ask) : ask();
    },
  };
}

/** The lines of a folder by their names; none where there is no folder. */
export const itemsOf = async (history: HistoryReader, tree: string | null): Promise<Map<PathKey, TreeItem>> =>
  new Map(tree === null ? [] : (await history.tree(tree)).map((item) => [item.name, item]));
