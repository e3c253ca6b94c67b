import { z } from 'zod';
import { awaitReport, isAwaitOver } from '../../domain/convoy/await-beads.ts';
import { passFor } from '../../domain/convoy/final-pass-due.ts';
import { plannedBeads } from '../../domain/convoy/plan-gate.ts';
import type { Convoy } from '../../domain/convoy/state.ts';

/** What a Mayor's suspended session waits for: its beads, or the look over the whole that it asked for as the n-th. */
const awaiting = z.discriminatedUnion('for', [
  z.object({ for: z.literal('beads'), until: z.iso.datetime() }),
  z.object({ for: z.literal('final-pass'), ask: z.int().positive() }),
]);
export type Awaiting = z.output<typeof awaiting>;

type Waited =
  | { readonly status: 'over'; readonly result: string }
  /** `wakeAt`: when waiting ends by itself; null: an event will tell. */
  | { readonly status: 'waiting'; readonly wakeAt: Date | null };

/** Whether what a session waits for has come, by what the ledger and the clock say. */
export function lookAtAwaited(convoy: Convoy, waitingFor: unknown, now: Date): Waited {
  const awaited = awaiting.parse(waitingFor);
  return awaited.for === 'beads'
    ? beadsAwaited(convoy, new Date(awaited.until), now)
    : passAwaited(convoy, awaited.ask);
}

function beadsAwaited(convoy: Convoy, until: Date, now: Date): Waited {
  if (isAwaitOver(convoy)) return { status: 'over', result: awaitReport(convoy, 'settled') };
  // Nothing is worked before the plan is approved: people may take longer than any time-out.
  if (plannedBeads(convoy).length > 0) return { status: 'waiting', wakeAt: null };
  return now < until
    ? { status: 'waiting', wakeAt: until }
    : { status: 'over', result: awaitReport(convoy, 'timeout') };
}

function passAwaited(convoy: Convoy, ask: number): Waited {
  const pass = passFor(convoy, ask);
  if (pass !== null) return { status: 'over', result: `${pass.verdict}\n${pass.report}`.trim() };
  return convoy.ended === null
    ? { status: 'waiting', wakeAt: null }
    : { status: 'over', result: 'The convoy has ended.' };
}
