/** A commit of the ledger: a small flat tree on top of the commit before it. */
export interface RefCommit {
  readonly oid: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** A ref to be moved if it still stands at `from` (null: it must not be there). `to` null deletes it. */
export interface RefMove {
  readonly ref: string;
  readonly from: string | null;
  readonly to: string | null;
}

export type PushOutcome =
  | { readonly status: 'pushed' }
  /** Another was there first, or the remote takes no such push at all. */
  | { readonly status: 'rejected'; readonly reason: string };

/**
 * Refs of a git repository elsewhere, with a copy of their objects here. Full names (`refs/gas-town/…`) throughout.
 * Rejects where the remote can't be reached or answers what git can't use: after a `push`, the outcome is then unknown.
 */
export interface RefStore {
  /** Where the remote's refs under a prefix stand; asks for nothing but their names. */
  list(prefix: string): Promise<ReadonlyMap<string, string>>;
  /** Brings what is new of these refs here, and gives where each stands on the remote (null: there is none). */
  fetch(refs: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  /** The commits from which `head` grew, oldest first, without those of `after` (null: all). */
  chain(head: string, after: string | null, files: readonly string[]): Promise<readonly RefCommit[]>;
  /** Writes a commit here; nobody else sees it. */
  commit(content: {
    readonly parents: readonly string[];
    readonly files: ReadonlyMap<string, Uint8Array>;
    readonly message: string;
  }): Promise<string>;
  /** All moves or none, decided by the remote. */
  push(moves: readonly RefMove[]): Promise<PushOutcome>;
  /** Whether `ancestor` is `descendant` or one of the commits that it grew from, as far as they are here. */
  isAncestor(ancestor: string, descendant: string): Promise<boolean>;
}
