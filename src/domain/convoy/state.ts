import type { Bead } from '../bead/bead.ts';
import type { Crew } from '../crew/crew-state.ts';
import type { EventData } from '../event-types.ts';
import type { PatrolState } from '../patrol/patrol-state.ts';
import type { EffectKind, PauseCause, Verification } from './events.ts';
import type { ShownAs } from './integration-events.ts';

/** An effect on GitHub that was intended; `receipt` is what GitHub answered, once it is confirmed. */
export interface Effect {
  readonly id: string;
  readonly kind: EffectKind;
  /** What it is about: `convoy`, `bead 3`, `bead 3 needs 1`, … One effect per kind and subject is wanted at a time. */
  readonly subject: string;
  readonly detail: unknown;
  readonly status: 'intended' | 'confirmed' | 'failed';
  readonly receipt: unknown;
  readonly intendedAt: string;
  /** When a try last ended without an answer that says it was done; null: no try has ended. */
  readonly failedAt: string | null;
  /** The last try was refused: it has not happened. */
  readonly refused: boolean;
  /** More than one try may have done it. */
  readonly doubtful: boolean;
}

export interface MayorState {
  readonly session: string;
  readonly reported: { readonly finished: boolean; readonly report: string } | null;
}

export interface RefineryState {
  readonly session: string;
  readonly why: 'conflict' | 'red' | 'final';
  readonly bead: number | null;
  /** When it began: how many looks over the whole had been asked for, and how many beads had landed. */
  readonly asksBefore: number;
  readonly landedBefore: number;
  readonly verdict: 'LANDED' | 'ESCALATION' | null;
  readonly report: string;
}

export interface Spent {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
}

/** The Mayor's plan, where a person is to approve it. */
export interface PlanState {
  /** What waits for approval; `stale` when its beads have changed since. */
  readonly proposed: {
    readonly hash: string;
    readonly beads: readonly number[];
    readonly stale: boolean;
  } | null;
  readonly approved: ReadonlySet<number>;
  /** What people asked for when they refused a plan, in order. */
  readonly guidance: readonly string[];
  /** The last plan was refused, and no bead has been made since. */
  readonly refused: boolean;
}

/** One order as its events tell it. */
export interface Convoy {
  readonly stream: string;
  readonly opened: EventData['ConvoyOpened'];
  readonly openedAt: string;
  readonly beads: ReadonlyMap<number, Bead>;
  readonly mayor: MayorState | null;
  /** The verified head of the convoy branch; the base commit until something landed. */
  readonly head: string;
  /** The last verification of the head, and the last red one since. */
  readonly verified: Verification | null;
  readonly red: Verification | null;
  /** The head was red at first and green when it was run again: the red run. */
  readonly flaky: Verification | null;
  /** Sessions of the Refinery's agent, in order. */
  readonly refinery: readonly RefineryState[];
  readonly conflicts: readonly EventData['MergeConflicted'][];
  /** The command that the plan named, where the rig had none. */
  readonly namedCommand: string | null;
  /** The commit of the base branch that the head has in it. */
  readonly baseCommit: string;
  /** How many tests ran on the base itself: undefined before anybody counted, null where nothing says it. */
  readonly baseTests: number | null | undefined;
  readonly ownChecks: EventData['OwnChecksListed'] | null;
  readonly withheld: readonly EventData['WorkflowsWithheld'][];
  /** Commits of others that wait to be taken into the branch. */
  readonly incoming: { readonly base: string | null; readonly push: string | null };
  /** What could not be taken in, the newest of its kind. */
  readonly leftBehind: {
    readonly base: EventData['CaughtUp'] | null;
    readonly push: EventData['CaughtUp'] | null;
  };
  readonly failedChecks: readonly EventData['ChecksFailed'][];
  /** The looks over the whole that people or the Mayor asked for, in order. */
  readonly refineAsked: readonly (EventData['RefineAsked'] & { readonly at: string })[];
  readonly pullRequest: PullRequest | null;
  readonly paused: boolean;
  /** The engine does not answer, since when and why. Null: nothing is known against it. */
  readonly engineLost: { readonly reason: string; readonly since: string } | null;
  /** Why, where no person asked for the pause in so many words. */
  readonly pauseCause: PauseCause | null;
  readonly plan: PlanState;
  /** What people changed on GitHub beside the town, in order. */
  readonly hands: readonly EventData['HandMoved'][];
  /** The highest number that a bead was ever given. */
  readonly lastBead: number;
  /** Nothing of it is left on the engine. */
  readonly cleared: boolean;
  readonly ended: {
    readonly how: 'cancelled' | 'failed' | 'landed';
    readonly by: string;
    readonly reason: string;
    /** ISO 8601. */
    readonly at: string;
    /** What kind of failure it was, where a program may want to know. */
    readonly rule?: 'setup-failed' | undefined;
  } | null;
  readonly branchesDeleted: boolean;
  readonly reverted: EventData['ConvoyReverted'] | null;
  readonly effects: readonly Effect[];
  /** Runs elsewhere that have found a runner. */
  readonly startedRuns: ReadonlySet<number>;
  /** Runs elsewhere that are over, by their numbers, each with GitHub's word for how. */
  readonly endedRuns: ReadonlyMap<number, string>;
  readonly spent: Spent;
  readonly spentByBead: ReadonlyMap<number, Spent>;
  readonly spentBySession: ReadonlyMap<string, Spent>;
  /** The cap, raises included. Null: none. */
  readonly budgetUsd: number | null;
  /** What the rig's day has granted it so far, and what people added to its cap. Dollars. */
  readonly fundedUsd: number;
  readonly raisedUsd: number;
  /** Dollars reserved for each session, less what it gave back. */
  readonly allowances: ReadonlyMap<string, number>;
  /** Sessions wait for a higher cap. */
  readonly exhausted: boolean;
  /** Hashes of changes to protected paths that a person approved. */
  readonly approved: ReadonlySet<string>;
  readonly lessons: readonly EventData['LessonLearned'][];
  /** What of them stands in the branch's AGENTS.md. */
  readonly lessonsWritten: readonly EventData['LessonsWritten'][];
  readonly reviews: readonly Review[];
  /** Long-lived agents that people talk to on its issue. */
  readonly crew: Crew;
  /** What the Witness found and was asked. */
  readonly patrol: PatrolState;
  /** Comments whose command was taken or refused already. */
  readonly answeredComments: ReadonlySet<number>;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly head: string;
  /** The head as the pull request shows it. */
  readonly sha: string;
  readonly shownAs: ShownAs;
  /** Who approved the head as it is shown. */
  readonly approvedBy: readonly string[];
}

export type Review = EventData['ReviewReceived'] & {
  /** What it asked for has been answered on its threads. */
  readonly answered: boolean;
};

/** Null before `ConvoyOpened`. */
export type ConvoyState = Convoy | null;
