import type { LedgerReader } from '../../ledger/open-reader.ts';
import type { Diff } from './bead/diff-view.ts';
import type { Access } from './door/access.ts';
import type { Person } from './door/github/github-login.ts';
import type { Changes } from './live/changes.ts';

/** A change as two commits of a rig's repository. */
export interface ChangedCommits {
  readonly base: string;
  readonly commit: string;
}

/** Where words go: the convoy's issue, or that of one of its beads. */
export interface SayTo {
  readonly stream: string;
  readonly bead: number | null;
}

/** Says it on GitHub in the reader's name, or the overseer's where nobody is named; the answer comes there, as for any comment. */
export type Say = (to: SayTo, words: string, by: Person | null) => Promise<SaidResult>;
export type SaidResult =
  | { readonly status: 'said' }
  /** One sentence for the person. */
  | { readonly status: 'refused'; readonly reason: string };

export interface DashboardParts {
  readonly reader: LedgerReader;
  /** Is told whenever the ledger has grown. */
  readonly changes: Changes;
  /** The change of a bead; null where its commits are not there. */
  readonly diffOf: (repositoryId: number, change: ChangedCommits) => Promise<Diff | null>;
  /** Null where nobody can be spoken for: then the pages only read. */
  readonly say: Say | null;
  readonly access: Access;
  readonly clock: () => Date;
}

export interface Dashboard {
  /** Answers a request; never rejects. */
  fetch(request: Request): Response | Promise<Response>;
  /** A path that lets whoever opens it first write; it works once, for 15 minutes. */
  linkPath(): string;
  /** Ends the live streams. */
  close(): void;
}
