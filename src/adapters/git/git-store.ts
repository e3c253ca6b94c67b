import type { GitStore } from '../../town/ports/git-store.ts';
import type { TreeDifference } from '../../town/ports/sandbox.ts';
import { commitChanges } from './commit-changes.ts';
import { commitTree } from './commit-tree.ts';
import { changedPaths, diff } from './compare-trees.ts';
import type { Git } from './git-process.ts';
import { merge } from './merge.ts';
import { entryChanges } from './objects/compare-folders.ts';
import { createHistoryReader } from './objects/history-reader.ts';
import { createObjectReader } from './objects/object-reader.ts';
import { packTree } from './pack-tree.ts';
import { type PathKey, shown } from './path-bytes.ts';
import type { CommitLimits } from './path-rules.ts';
import { listFiles, readFile } from './read-tree-files.ts';
import { createRefMover } from './ref-mover.ts';
import { deleteRef, isAncestor, mergeBase, moveRef, refsBelow, resolveRevision, treeOf } from './refs.ts';
import { isObjectId, remembered } from './remembered.ts';
import { placeInTree, resolveInTree } from './resolve-in-tree.ts';
import { restorePaths } from './restore-paths.ts';
import type { PushPatience } from './run-push.ts';
import { fetch, push } from './transfer.ts';
import { treeDifference } from './tree-difference.ts';
import { type TreeEntry, treeEntries } from './tree-entries.ts';

export interface GitStoreParts {
  readonly git: Git;
  /** The bare repository's folder. */
  readonly repository: string;
  readonly limits: CommitLimits;
  readonly patience: PushPatience;
  /** Milliseconds since 1970: dates the files of packed trees. */
  readonly now: () => number;
}

/** Beads start from the newest heads, and many from the same. */
const differencesKept = 16;
/** A large tree takes some megabytes. */
const treesKept = 2;

/** The port's operations over one bare repository. */
export function createGitStore({ git, repository, limits, patience, now }: GitStoreParts): GitStore {
  const seconds = (): number => Math.floor(now() / 1000);
  const reader = createObjectReader(git);
  const history = createHistoryReader(git, reader);
  const mover = createRefMover(git);
  const difference = remembered<TreeDifference>(differencesKept);
  const entries = remembered<ReadonlyMap<PathKey, TreeEntry>>(treesKept);
  return {
    resolve: (revision) => {
      const place = placeInTree(revision);
      if (place !== null) return resolveInTree(reader, history, place);
      return resolveRevision(git, revision, reader);
    },
    treeOf: (commit) => treeOf(git, reader, commit),
    pack: (tree) => packTree(git, tree, seconds()),
    difference: (from, to) => {
      const make = () => treeDifference({ git, repository, reader, history }, from, to, seconds());
      return [from, to].every(isObjectId) ? difference(`${from} ${to}`, make) : make();
    },
    commitChanges: (request) => {
      const make = () => treeEntries(git, request.parent);
      const parent = isObjectId(request.parent) ? entries(request.parent, make) : make();
      return commitChanges({ git, repository, history, limits }, parent, request);
    },
    merge: (ours, theirs) => merge(git, history, repository, ours, theirs),
    commitTree: (request) => commitTree(repository, request),
    moveRef: (ref, to, expected) => moveRef(git, mover, ref, to, expected),
    deleteRef: (ref) => deleteRef(git, ref),
    refsBelow: (prefix) => refsBelow(git, prefix),
    restorePaths: (tree, from, select) => restorePaths(history, repository, tree, from, select),
    mergeBase: (one, other) => mergeBase(git, one, other),
    isAncestor: (ancestor, descendant) => isAncestor(git, ancestor, descendant),
    diff: (from, to, options) => diff(git, from, to, options),
    changedEntries: async (from, to) =>
      (await entryChanges(history, from, to)).map(({ key, before, after }) => ({
        path: shown(key),
        before,
        after,
      })),
    changedPaths: (from, to) => changedPaths(git, from, to),
    readFile: (treeish, path, maxBytes) => readFile(git, reader, treeish, path, maxBytes),
    listFiles: (treeish, folder, options) => listFiles(git, treeish, folder, options),
    fetch: (remote, refspecs) => fetch(git, remote, refspecs),
    push: (remote, request) => push(git, remote, request, patience),
  };
}
