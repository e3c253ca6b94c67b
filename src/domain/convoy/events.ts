import { z } from 'zod';
import { firstVersion } from '../define-event.ts';
import { json } from '../json.ts';
import { integrationEventTypes, shownAs } from './integration-events.ts';
import { convoySettings } from './settings.ts';

const bead = z.int().positive();
const oid = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);
const attempt = z.int().positive();
const session = z.uuid();

/** What a polecat leaves behind: a commit, or the reason why there is none. */
export const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('change'), commit: oid, base: oid, files: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('no-changes'), reason: z.string().min(1) }),
]);
export type Outcome = z.output<typeof outcome>;

/** A verification as the engine reported it: the exit status of the command as a container's main process. */
const verification = z.strictObject({
  commit: oid,
  beads: z.array(bead),
  /** Null where the rig has no verification command: then nothing was shown. */
  command: z.string().nullable(),
  exitCode: z.int().nullable(),
  timedOut: z.boolean(),
  durationMs: z.number().nonnegative(),
  /** The end of the output, capped; the whole is in the content store under `outputHash`. */
  outputTail: z.string(),
  outputHash: z.string().nullable(),
});
export type Verification = z.output<typeof verification>;

const lesson = z.strictObject({ bead: bead.nullable(), text: z.string() });

/** One comment of a review, with the place that it is about. */
const reviewComment = z.strictObject({
  id: z.int(),
  path: z.string(),
  line: z.int().nullable(),
  hunk: z.string(),
  body: z.string(),
});
export type ReviewComment = z.output<typeof reviewComment>;

/** Why nothing further is started, where no person asked for it in so many words. */
export const pauseCause = z.enum(['label-removed', 'rig-away']);
export type PauseCause = z.output<typeof pauseCause>;

/** The kinds of effect on GitHub; each knows how its doing is found again after a crash. */
export const effectKind = z.enum([
  'status-comment',
  'bead-issue',
  'plan-comment',
  'issue-body',
  'needs-edge',
  'label',
  'reaction',
  'reply',
  'close-issue',
  'reopen-issue',
  'push-branch',
  'pull-request',
  'pull-request-body',
  'check-run',
  'review-request',
  'delete-branch',
  /** A run elsewhere that is to work a bead. */
  'workflow-run',
  'auto-merge',
  /** An issue that proposes an order. */
  'proposal',
]);
export type EffectKind = z.output<typeof effectKind>;

/** The events of a convoy's stream: the order, its beads, its integration, and its traces on GitHub. */
export const convoyEventTypes = {
  ConvoyOpened: firstVersion(
    z.strictObject({
      repository: z.strictObject({ id: z.int(), owner: z.string(), name: z.string() }),
      issue: z.int().positive(),
      /** `convoy`: the Mayor splits it. `polecat`: the issue is its one bead. `crew`: people talk there with the crew. */
      kind: z.enum(['convoy', 'polecat', 'crew']),
      title: z.string(),
      /** The text as it stood at the label, cleaned of what a reader can't see. */
      body: z.string(),
      /** What was hidden in that text and taken out of it, by kind. Absent: nothing. */
      removed: z.array(z.string()).optional(),
      /** SHA-256 of title and body as GitHub had them. */
      textHash: z.string(),
      labelledBy: z.string(),
      base: z.strictObject({ branch: z.string(), commit: oid }),
      settings: convoySettings,
    }),
  ),
  PlanProposed: firstVersion(z.strictObject({ planHash: z.string(), beads: z.array(bead) })),
  PlanApproved: firstVersion(z.strictObject({ planHash: z.string(), by: z.string() })),
  /** The plan shall be made anew: the beads that it proposed are dropped, and the Mayor is given the guidance. */
  PlanRejected: firstVersion(
    z.strictObject({ planHash: z.string(), by: z.string(), guidance: z.string(), beads: z.array(bead) }),
  ),
  MayorStarted: firstVersion(z.strictObject({ session })),
  /** The Mayor says that it has given all its orders. `finished` is false when its session ended in any other way. */
  MayorReported: firstVersion(z.strictObject({ session, finished: z.boolean(), report: z.string() })),

  BeadCreated: firstVersion(
    z.strictObject({
      bead,
      title: z.string().min(1),
      description: z.string(),
      acceptance: z.string(),
      needs: z.array(bead),
    }),
  ),
  BeadEdited: firstVersion(
    z.strictObject({ bead, title: z.string().min(1), description: z.string(), acceptance: z.string() }),
  ),
  BeadNeedsChanged: firstVersion(z.strictObject({ bead, needs: z.array(bead) })),
  BeadSlung: firstVersion(z.strictObject({ bead, topic: z.string() })),
  BeadNoted: firstVersion(z.strictObject({ bead, note: z.string().min(1) })),
  BeadBlocked: firstVersion(z.strictObject({ bead, reason: z.string() })),
  BeadUnblocked: firstVersion(z.strictObject({ bead })),
  BeadClosed: firstVersion(z.strictObject({ bead, attempt, session, outcome })),
  BeadReleased: firstVersion(z.strictObject({ bead, attempt, reason: z.string(), summary: z.string() })),
  BeadQuarantined: firstVersion(z.strictObject({ bead, reason: z.string() })),
  BeadReopened: firstVersion(z.strictObject({ bead, as: bead, reason: z.string() })),
  BeadLanded: firstVersion(z.strictObject({ bead, commit: oid })),
  /** Its change touches protected paths; it lands only after a person has approved exactly that change, named by `hash`. */
  BeadHeld: firstVersion(
    z.strictObject({
      bead,
      attempt,
      hash: z.string(),
      paths: z.array(z.string()).min(1),
      /** What a person approves, capped. Absent in what was recorded before it was kept. */
      diff: z.string().optional(),
    }),
  ),
  ChangeApproved: firstVersion(z.strictObject({ hash: z.string(), by: z.string() })),
  BeadReturned: firstVersion(z.strictObject({ bead, attempt, reason: z.string(), output: z.string() })),

  LeaseGranted: firstVersion(
    z.strictObject({
      bead,
      attempt,
      session,
      runner: z.string(),
      until: z.iso.datetime(),
      /** The verified head that the attempt starts from. */
      from: oid,
    }),
  ),
  LeaseRenewed: firstVersion(
    z.strictObject({
      bead,
      attempt,
      until: z.iso.datetime(),
      /** Who holds it from now on. Left out: the same as before. */
      runner: z.string().optional(),
    }),
  ),
  LeaseExpired: firstVersion(z.strictObject({ bead, attempt })),

  VerificationStarted: firstVersion(
    z.strictObject({ commit: oid, beads: z.array(bead), command: z.string().nullable() }),
  ),
  VerificationFailed: firstVersion(verification),
  IntegrationVerified: firstVersion(verification),
  MergeConflicted: firstVersion(z.strictObject({ bead, onto: oid, commit: oid, paths: z.array(z.string()) })),
  RefineryStarted: firstVersion(
    z.strictObject({ session, why: z.enum(['conflict', 'red', 'final']), bead: bead.nullable() }),
  ),
  RefineryReported: firstVersion(
    z.strictObject({ session, verdict: z.enum(['LANDED', 'ESCALATION']), report: z.string() }),
  ),
  BaseMoved: firstVersion(z.strictObject({ branch: z.string(), commit: oid })),
  PullRequestOpened: firstVersion(
    z.strictObject({
      number: z.int().positive(),
      url: z.string(),
      head: z.string(),
      sha: oid,
      /** Absent: ready for review. */
      shownAs: shownAs.optional(),
    }),
  ),
  /** The pull request's branch was brought to a newer verified head. */
  PullRequestUpdated: firstVersion(z.strictObject({ number: z.int().positive(), sha: oid })),
  ReviewReceived: firstVersion(
    z.strictObject({
      review: z.int(),
      by: z.string(),
      verdict: z.enum(['approved', 'changes_requested', 'commented']),
      body: z.string(),
      comments: z.array(reviewComment),
      /** The bead that carries what the review asks for; null where it asks for nothing. */
      bead: bead.nullable(),
    }),
  ),
  ReviewAnswered: firstVersion(z.strictObject({ review: z.int() })),
  ...integrationEventTypes,
  ConvoyPaused: firstVersion(z.strictObject({ by: z.string(), because: pauseCause.optional() })),
  ConvoyResumed: firstVersion(z.strictObject({ by: z.string() })),
  ConvoyCancelled: firstVersion(z.strictObject({ by: z.string(), reason: z.string() })),
  /** The convoy ended with no pull request to open, and why. */
  ConvoyFailed: firstVersion(
    z.strictObject({ reason: z.string(), rule: z.literal('setup-failed').optional() }),
  ),
  ConvoyLanded: firstVersion(z.strictObject({ mergeCommit: oid, by: z.string() })),
  /** The containers and images of an ended convoy are gone. */
  ConvoyCleared: firstVersion(z.strictObject({})),
  ConvoyReverted: firstVersion(z.strictObject({ by: z.string(), commit: oid })),

  /** The Docker engine stopped answering: what needs a container waits for it. */
  EngineLost: firstVersion(z.strictObject({ reason: z.string() })),
  EngineReturned: firstVersion(z.strictObject({})),

  /** In a rig's stream: a part of the day's budget that a convoy may spend. */
  BudgetReserved: firstVersion(
    z.strictObject({ for: z.string(), tokens: z.int(), usd: z.number(), day: z.string().optional() }),
  ),
  /** In a rig's stream: what a convoy did not spend of it. */
  BudgetReturned: firstVersion(z.strictObject({ for: z.string(), usd: z.number(), day: z.string() })),
  /** In a convoy's stream: what its rig reserved for it. */
  BudgetFunded: firstVersion(z.strictObject({ usd: z.number() })),
  BudgetSpent: firstVersion(
    z.strictObject({
      session,
      role: z.string(),
      model: z.string(),
      bead: bead.nullable(),
      inputTokens: z.int(),
      outputTokens: z.int(),
      usd: z.number(),
    }),
  ),
  BudgetExhausted: firstVersion(z.strictObject({ spentUsd: z.number(), capUsd: z.number() })),
  BudgetRaised: firstVersion(z.strictObject({ by: z.string(), usd: z.number() })),
  AllowanceGranted: firstVersion(z.strictObject({ session, tokens: z.int(), usd: z.number() })),
  AllowanceReturned: firstVersion(z.strictObject({ session, tokens: z.int(), usd: z.number() })),
  LessonLearned: firstVersion(lesson),
  /** The last commit before people look: what was learned, in the rig's memory. `hash` is what approves that very change. */
  LessonsWritten: firstVersion(z.strictObject({ commit: oid, hash: z.string(), lessons: z.array(lesson) })),

  CommandAccepted: firstVersion(z.strictObject({ command: z.string(), by: z.string(), comment: z.int() })),
  CommandRefused: firstVersion(
    z.strictObject({ command: z.string(), by: z.string(), comment: z.int(), reason: z.string() }),
  ),
  /** Someone changed on GitHub what the town keeps there. `obeyed` is absent where there was nothing to obey. */
  HandMoved: firstVersion(
    z.strictObject({
      what: z.string(),
      by: z.string(),
      before: z.string(),
      after: z.string(),
      /** The bead whose issue it was; null for the convoy's own. */
      bead: bead.nullable().optional(),
      obeyed: z.boolean().optional(),
    }),
  ),

  EffectIntended: firstVersion(
    z.strictObject({ effect: z.uuid(), kind: effectKind, subject: z.string(), detail: json }),
  ),
  EffectConfirmed: firstVersion(
    z.strictObject({ effect: z.uuid(), kind: effectKind, subject: z.string(), receipt: json }),
  ),
  EffectFailed: firstVersion(
    z.strictObject({
      effect: z.uuid(),
      kind: effectKind,
      subject: z.string(),
      reason: z.string(),
      final: z.boolean(),
      /** `refused`: it has not happened. `unknown`: it may have. Absent: it may have. */
      outcome: z.enum(['refused', 'unknown']).optional(),
    }),
  ),
} as const;
