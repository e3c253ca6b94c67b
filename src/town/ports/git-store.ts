import type { Readable } from 'node:stream';
import type { ChangedEntry } from '../../domain/merge-queue/protected-paths.ts';
import type { Change, RefusedPath, TreeDifference } from './sandbox.ts';

/** A git object id in hex. */
export type Oid = string;

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601. */
  readonly at: string;
}

/** One path that could not be merged, as git's own conflict list says it, with the three sides where they exist. */
export interface ConflictedPath {
  readonly path: string;
  readonly base: { readonly mode: string; readonly oid: Oid } | null;
  readonly ours: { readonly mode: string; readonly oid: Oid } | null;
  readonly theirs: { readonly mode: string; readonly oid: Oid } | null;
}

export type MergeResult =
  | { readonly status: 'clean'; readonly tree: Oid }
  /** `tree` holds conflict markers where text allows them. */
  | {
      readonly status: 'conflict';
      readonly tree: Oid;
      readonly paths: readonly ConflictedPath[];
      readonly messages: string;
    };

export type CommitChangesResult =
  | {
      readonly status: 'committed';
      readonly commit: Oid;
      readonly tree: Oid;
      readonly files: number;
      readonly refused: readonly RefusedPath[];
    }
  | { readonly status: 'unchanged'; readonly refused: readonly RefusedPath[] };

/** Where to fetch from or push to. The token goes into the environment of the git process, never into arguments or URLs. */
export interface Remote {
  readonly url: string;
  readonly token: string | null;
}

export type PushResult =
  | { readonly status: 'pushed' | 'up-to-date' }
  | { readonly status: 'rejected'; readonly reason: string; readonly actual: Oid | null };

/** A rig's bare repository on the host. Plumbing only: no working tree, no hook, no filter, no attribute of the tree. */
export interface GitStore {
  /** The object id a ref or revision names, or null. */
  resolve(revision: string): Promise<Oid | null>;
  treeOf(commit: Oid): Promise<Oid>;
  /** The whole tree as a tar stream, owned by the sandbox user (uid and gid 1000). */
  pack(tree: Oid): Readable;
  difference(from: Oid, to: Oid): Promise<TreeDifference>;
  /** Checks every path, writes what passes on top of `parent`'s tree, commits. The count of entries written is verified. */
  commitChanges(request: {
    readonly parent: Oid;
    readonly changes: Iterable<Change> | AsyncIterable<Change>;
    readonly message: string;
    readonly author: Signature;
  }): Promise<CommitChangesResult>;
  merge(ours: Oid, theirs: Oid): Promise<MergeResult>;
  commitTree(request: {
    readonly tree: Oid;
    readonly parents: readonly Oid[];
    readonly message: string;
    readonly author: Signature;
  }): Promise<Oid>;
  /** Moves a ref from `expected` (null: must not exist) to `to`; false when it stands elsewhere. */
  moveRef(ref: string, to: Oid, expected: Oid | null): Promise<boolean>;
  deleteRef(ref: string): Promise<void>;
  /** The names of all refs below a prefix that ends in `/`. */
  refsBelow(prefix: string): Promise<readonly string[]>;
  /** A tree like `tree`, in which every path that `select` names stands as it does in `from`. */
  restorePaths(tree: Oid, from: Oid, select: (path: string) => boolean): Promise<Oid>;
  /** The commit where two lines of development parted; null when they have none in common. */
  mergeBase(one: Oid, other: Oid): Promise<Oid | null>;
  isAncestor(ancestor: Oid, descendant: Oid): Promise<boolean>;
  /** Unified diff between two trees or commits, capped; of these files and folders alone where they are named. */
  diff(
    from: Oid,
    to: Oid,
    options: { readonly maxBytes: number; readonly paths?: readonly string[] },
  ): Promise<{ readonly text: string; readonly truncated: boolean }>;
  /** Paths that differ between two trees or commits, modes and submodules included; a rename is one gone and one come. */
  changedEntries(from: Oid, to: Oid): Promise<readonly ChangedEntry[]>;
  changedPaths(
    from: Oid,
    to: Oid,
  ): Promise<
    readonly { readonly path: string; readonly added: number | null; readonly removed: number | null }[]
  >;
  /** A file of a tree or commit, or null; at most `maxBytes`. */
  readFile(treeish: Oid, path: string, maxBytes: number): Promise<Uint8Array | null>;
  /** Paths of a tree under a folder ('' = root), not recursive unless asked. */
  listFiles(
    treeish: Oid,
    folder: string,
    options: { readonly recursive: boolean; readonly limit: number },
  ): Promise<readonly string[]>;
  fetch(remote: Remote, refspecs: readonly string[]): Promise<void>;
  /** Pushes `commit` (null: deletes) to `ref` if the remote has `expected` there (null: absent). */
  push(
    remote: Remote,
    request: { readonly commit: Oid | null; readonly ref: string; readonly expected: Oid | null },
  ): Promise<PushResult>;
}

/** Opens (making it when needed) the bare repository of a rig by GitHub's numeric repository id. */
export interface GitStores {
  open(repositoryId: number): Promise<GitStore>;
}
