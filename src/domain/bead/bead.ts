import type { Outcome } from '../convoy/events.ts';

export type BeadStatus = 'open' | 'in_progress' | 'blocked' | 'closed';

/** Who holds a bead now, and until when if nothing is heard of them. */
export interface Lease {
  readonly attempt: number;
  readonly session: string;
  readonly runner: string;
  readonly until: string;
  /** The verified head that the attempt started from. */
  readonly from: string;
}

export interface Note {
  readonly by: string;
  readonly text: string;
  readonly at: string;
}

/** An attempt that came to nothing, as the next one is told of it. */
export interface FailedAttempt {
  readonly attempt: number;
  readonly how: 'released' | 'returned';
  readonly reason: string;
  /** The attempt's summary, or the output that sent it back. */
  readonly detail: string;
}

/** A part of a convoy, worked by one polecat at a time. `ready`, `settled` and the like are derived: see `derive.ts`. */
export interface Bead {
  readonly number: number;
  readonly title: string;
  readonly description: string;
  readonly acceptance: string;
  readonly needs: readonly number[];
  readonly createdBy: string;
  readonly status: BeadStatus;
  /** When it last moved: was created, ordered, handed out, closed, landed, sent back … */
  readonly since: string;
  /** Ordered: someone said that it shall be worked. */
  readonly slung: boolean;
  readonly topic: string;
  readonly notes: readonly Note[];
  /** How many attempts have been started. */
  readonly attempts: number;
  readonly lease: Lease | null;
  readonly failures: readonly FailedAttempt[];
  readonly outcome: Outcome | null;
  /** The session whose work closed it. */
  readonly closedBy: string | null;
  /** Position among the convoy's events at which it was closed: age in the merge queue. */
  readonly closedAtVersion: number | null;
  /** The merge commit that brought it into the verified head. */
  readonly landedAs: string | null;
  /** Protected paths that its change touches, and the hash by which a person approves that change. */
  readonly held: { readonly hash: string; readonly paths: readonly string[]; readonly diff: string } | null;
  readonly blockedBecause: string | null;
  readonly quarantined: boolean;
}
