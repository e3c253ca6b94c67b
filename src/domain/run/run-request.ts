import { z } from 'zod';
import { outcome } from '../convoy/events.ts';
import { roleName } from '../session/events.ts';

const bead = z.int().positive();
const session = z.uuid();
const text = z.string();

/**
 * What a run that works a bead asks of the town that ordered it. Who asks is not in it: a run speaks for the session with
 * which it claimed its bead, and for no other bead.
 */
export const runRequest = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('claim'), session, run: z.int().positive() }),
  z.strictObject({ kind: z.literal('renew') }),
  z.strictObject({ kind: z.literal('note'), bead, text }),
  z.strictObject({
    kind: z.literal('create'),
    title: text,
    description: text,
    acceptance: text,
    needs: z.array(bead),
  }),
  z.strictObject({ kind: z.literal('lesson'), text }),
  z.strictObject({ kind: z.literal('close'), outcome }),
  z.strictObject({ kind: z.literal('release'), reason: text, summary: text }),
  /** What a session has cost in all. */
  z.strictObject({
    kind: z.literal('spent'),
    session,
    role: roleName,
    model: text,
    inputTokens: z.int().nonnegative(),
    outputTokens: z.int().nonnegative(),
    usd: z.number().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('top-up'), session }),
  z.strictObject({ kind: z.literal('exhausted') }),
  z.strictObject({ kind: z.literal('give-back'), session }),
]);
export type RunRequest = z.output<typeof runRequest>;

/** What the town said to the request of a number. `events`: the ids of what it appended. */
export const runAnswer = z.discriminatedUnion('status', [
  z.strictObject({ number: z.int().positive(), status: z.literal('accepted'), events: z.array(z.uuid()) }),
  z.strictObject({ number: z.int().positive(), status: z.literal('refused'), rule: text, text }),
]);
export type RunAnswer = z.output<typeof runAnswer>;

/** Nobody waits for the answer, and what it asks for means the same whenever it is taken in. */
export const isSoftRequest = ({ kind }: RunRequest): boolean =>
  ['renew', 'note', 'lesson', 'spent', 'give-back'].includes(kind);

/** Others should hear of it soon. */
export const isUrgentRequest = ({ kind }: RunRequest): boolean =>
  !['renew', 'lesson', 'spent'].includes(kind);
