import { z } from 'zod';
import { firstVersion } from '../define-event.ts';

const bead = z.int().positive();
const oid = z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/);

/** A check of the rig's own that ended red, with the end of what it said. */
const redCheck = z.strictObject({
  name: z.string(),
  conclusion: z.string(),
  url: z.string(),
  /** The end of its log, or of what it says about itself; '' where nothing could be read. */
  log: z.string(),
});
export type RedCheck = z.output<typeof redCheck>;

/** How a pull request is shown: `titled` says by its title what a draft would say, where the plan has no drafts. */
export const shownAs = z.enum(['ready', 'draft', 'titled']);
export type ShownAs = z.output<typeof shownAs>;

/** The events of a convoy's one branch from its verification on: what it is checked by, and what others do to it. */
export const integrationEventTypes = {
  /** The rig had no verification command at its base; the plan names the one that holds from now on. */
  VerificationNamed: firstVersion(z.strictObject({ command: z.string().min(1), by: z.string() })),
  /** How many tests the command says it ran on the base's own tree; null where it doesn't say. */
  BaseTestsCounted: firstVersion(z.strictObject({ commit: oid, ran: z.int().nonnegative().nullable() })),
  /** What a head changes about the checks that judge it. `hash` names exactly that for a person; null: nothing. */
  OwnChecksListed: firstVersion(
    z.strictObject({
      commit: oid,
      hash: z.string().nullable(),
      changes: z.array(z.strictObject({ path: z.string(), what: z.string() })),
    }),
  ),
  /** What a bead changes under `.github/workflows/` is left out of the branch: people apply it themselves. */
  WorkflowsWithheld: firstVersion(
    z.strictObject({ bead, attempt: z.int().positive(), commit: oid, paths: z.array(z.string()).min(1) }),
  ),
  /** What others committed is in the head now, or can't be brought there. `seen` is what was waiting when it began. */
  CaughtUp: firstVersion(
    z.strictObject({
      with: z.enum(['base', 'push']),
      branch: z.string(),
      commit: oid,
      seen: oid.nullable(),
      how: z.enum(['taken', 'conflict', 'red']),
    }),
  ),
  PullRequestMarked: firstVersion(z.strictObject({ number: z.int().positive(), as: shownAs })),
  /** The rig's own checks are red on the pull request's head; `bead` mends them, null after the last round. */
  ChecksFailed: firstVersion(
    z.strictObject({ commit: oid, bead: bead.nullable(), checks: z.array(redCheck).min(1) }),
  ),
  /** A person, or the Mayor (`by` is `mayor` then), asks the Refinery to look over the whole. */
  RefineAsked: firstVersion(z.strictObject({ by: z.string(), guidance: z.string() })),
  /** A run of GitHub Actions that was ordered for a bead has found a runner. */
  RunStarted: firstVersion(z.strictObject({ bead, run: z.int().positive() })),
  /** A run of GitHub Actions that was ordered for a bead is over, with GitHub's word for how. */
  RunEnded: firstVersion(z.strictObject({ bead, run: z.int().positive(), how: z.string() })),
  /** An ended convoy's branches are gone, on GitHub and on the host. */
  BranchesDeleted: firstVersion(z.strictObject({})),
} as const;
