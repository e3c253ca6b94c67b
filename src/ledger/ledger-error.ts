import { describeFault } from './describe-fault.ts';

/** What can go wrong with a ledger, each with its facts. `path` is the SQLite file. */
export type LedgerFault =
  /** An event to append is not of a known type or not of its type's shape. */
  | { readonly kind: 'invalid-event'; readonly type: string; readonly problems: readonly string[] }
  /** A stored event has a type or a type version that this program doesn't know. */
  | {
      readonly kind: 'unknown-type';
      readonly type: string;
      readonly typeVersion: number;
      readonly position: number;
    }
  /** A stored event is of a known type, but its data is not of that type's shape. */
  | {
      readonly kind: 'broken-event';
      readonly type: string;
      readonly position: number;
      readonly problems: readonly string[];
    }
  /** A key was used before, for another stream. */
  | {
      readonly kind: 'key-reused';
      readonly key: string;
      readonly stream: string;
      readonly firstStream: string;
    }
  /** An event id must be a UUID. */
  | { readonly kind: 'invalid-id'; readonly id: string }
  | { readonly kind: 'symbolic-link'; readonly path: string }
  | { readonly kind: 'missing-file'; readonly path: string }
  | { readonly kind: 'foreign-file'; readonly path: string; readonly detail: string }
  | {
      readonly kind: 'newer-schema';
      readonly path: string;
      readonly found: number;
      readonly known: number;
    }
  /** The file's schema must be brought up to date before it can be read; a reader doesn't do that. */
  | {
      readonly kind: 'older-schema';
      readonly path: string;
      readonly found: number;
      readonly known: number;
    }
  /** Another version of the program keeps a read model of this ledger, and this one can't keep it in step. */
  | {
      readonly kind: 'other-version';
      readonly path: string;
      readonly projection: string;
      readonly found: number;
      readonly known: number;
    }
  /** The schema is not the one that the recorded migrations make. */
  | { readonly kind: 'altered-schema'; readonly path: string; readonly detail: string }
  | {
      readonly kind: 'truncated';
      readonly path: string;
      readonly bytes: number;
      readonly expectedBytes: number;
    }
  /** What is stored contradicts itself; `position` is the first event known to be wrong, where one is. */
  | {
      readonly kind: 'corrupt';
      readonly path: string;
      readonly detail: string;
      readonly position: number | null;
    }
  | { readonly kind: 'disk-full'; readonly path: string }
  | { readonly kind: 'read-only'; readonly path: string }
  /** Another process held the file's write lock for longer than the wait allows. */
  | { readonly kind: 'busy'; readonly path: string; readonly waitedMs: number }
  | { readonly kind: 'io'; readonly path: string; readonly code: string }
  /** Another town holds the writer lease. */
  | {
      readonly kind: 'lease-held';
      readonly path: string;
      readonly holder: string;
      readonly since: string;
      readonly generation: number;
    }
  /** Another town took the writer lease after this ledger was opened. */
  | { readonly kind: 'lease-lost'; readonly ours: number; readonly current: number; readonly holder: string }
  /** A line of an export is not what it should be. */
  | { readonly kind: 'invalid-line'; readonly line: number; readonly problem: string }
  /** An import and the ledger tell different stories of one stream. */
  | {
      readonly kind: 'other-history';
      readonly line: number;
      readonly stream: string;
      readonly version: number;
    }
  /** What the repository's refs hold of a stream does not grow from what was there before. */
  | { readonly kind: 'not-descended'; readonly stream: string; readonly ref: string; readonly detail: string }
  /** A sealed stream, and no key or another key than it was sealed with. */
  | { readonly kind: 'sealed'; readonly stream: string }
  /** Others were first so often that it was given up. */
  | {
      readonly kind: 'push-refused';
      readonly refs: readonly string[];
      readonly reason: string;
      readonly tries: number;
    }
  | { readonly kind: 'file-exists'; readonly path: string }
  | { readonly kind: 'subscription-stopped'; readonly name: string | null; readonly position: number }
  | { readonly kind: 'closed' };

export type LedgerFaultKind = LedgerFault['kind'];

/** A fault of the ledger, thrown. `fault` holds the facts; the message says what is wrong and what to do. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
  readonly fault: LedgerFault;

  constructor(fault: LedgerFault, options?: ErrorOptions) {
    super(describeFault(fault), options);
    this.fault = fault;
  }

  get kind(): LedgerFaultKind {
    return this.fault.kind;
  }
}
