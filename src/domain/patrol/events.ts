import { z } from 'zod';
import { firstVersion } from '../define-event.ts';

const bead = z.int().positive();
const session = z.uuid();

/** What the Witness's rules look for. */
const patrolRule = z.enum([
  /** Its session says nothing any more. */
  'stalled',
  /** Its session does the same over and over. */
  'looping',
  /** It takes many times what other beads took. */
  'overspending',
  /** Nobody works it any more, although it is held. */
  'orphaned',
  /** It could go on and nobody takes it. */
  'starved',
]);

/** What follows: words to the session, the bead given back, the bead taken out, or people told. */
const patrolAction = z.enum(['nudge', 'release', 'quarantine', 'escalate']);

/** How a convoy stands, as a Witness's session judges it. */
export const healthVerdict = z.enum(['GREEN', 'YELLOW', 'RED']);
export type HealthVerdict = z.output<typeof healthVerdict>;

/** The events of a convoy's stream by which it is watched over. */
export const patrolEventTypes = {
  /** A rule of the Witness's held, and what it did; the same is not done twice for the same attempt. */
  WitnessFound: firstVersion(
    z.strictObject({
      rule: patrolRule,
      action: patrolAction,
      bead: bead.nullable(),
      session: session.nullable(),
      detail: z.string().min(1),
    }),
  ),
  /** A person asked how the convoy stands. */
  WitnessAsked: firstVersion(z.strictObject({ by: z.string() })),
  WitnessStarted: firstVersion(z.strictObject({ session })),
  /** `verdict` is null where its session came to none. */
  WitnessReported: firstVersion(
    z.strictObject({ session, verdict: healthVerdict.nullable(), report: z.string() }),
  ),
} as const;
