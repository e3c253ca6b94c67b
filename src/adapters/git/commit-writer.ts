import type { Signature } from '../../town/ports/git-store.ts';
import type { PathKey } from './path-bytes.ts';
import type { TreeEntry } from './tree-entries.ts';

export interface WrittenFile extends TreeEntry {
  readonly key: PathKey;
  /** What `blob` gave. */
  readonly mark: number;
}

/** Writes any number of blobs, then one commit of them. */
export interface CommitWriter {
  /** Stores a blob; returns the mark by which `commit` names it. */
  blob(content: Uint8Array): Promise<number>;
  /** Writes the commit and is done; resolves to the commit's id. No ref is left. */
  commit(request: {
    readonly parent: string;
    readonly author: Signature;
    readonly message: string;
    readonly deleted: readonly PathKey[];
    readonly written: readonly WrittenFile[];
  }): Promise<string>;
  /** Lets go of it without a commit; safe at any time. */
  abandon(): Promise<void>;
}
