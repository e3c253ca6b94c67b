import type { Bead } from '../../bead/bead.ts';
import { isWaitingToLand, undeliveredNeeds } from '../../bead/derive.ts';
import { accept, type Decision, type NewEvent, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { Verification } from '../events.ts';
import type { Convoy, ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

export interface Landing {
  readonly verification: Verification;
  /** Each bead of the verified head that is new in it, with its merge commit, in the order they were merged. */
  readonly merged: readonly { readonly bead: number; readonly commit: string }[];
  /** The head that the candidate was built on: it must still be the head. */
  readonly onto: string;
  /** Who takes the beads that were only waiting for these: they are handed out in the same append. Left out: nobody yet. */
  readonly taker?: LeaseTaker;
}

/** A runner that takes beads, with a session for each that it may take. */
export interface LeaseTaker {
  readonly runner: string;
  /** ISO 8601: when the leases run out if they aren't renewed. */
  readonly until: string;
  readonly sessions: readonly string[];
}

/** Moves the verified head, lands the beads that are in it, and hands out what only waited for them, all in one append. */
export function landBeads(state: ConvoyState, landing: Landing): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const convoy = open.value;
  if (convoy.head !== landing.onto) {
    return refuse(refusal('head-moved', `The head is ${convoy.head}, not ${landing.onto}.`));
  }
  for (const { bead } of landing.merged) {
    const known = convoy.beads.get(bead);
    if (!known || !isWaitingToLand(known)) {
      return refuse(refusal('not-in-queue', `Bead ${bead} does not wait to land.`));
    }
  }
  return accept(
    { type: 'IntegrationVerified', data: landing.verification },
    ...landing.merged.map((one) => ({ type: 'BeadLanded', data: one }) as const),
    ...standingOrders(convoy, landing),
  );
}

/** The leases of ordered beads whose last need has landed now, as many as there are places for polecats. */
function standingOrders(convoy: Convoy, { merged, taker, verification }: Landing): readonly NewEvent[] {
  if (taker === undefined || convoy.paused) return [];
  const beads = [...convoy.beads.values()];
  const landed = new Set(merged.map(({ bead }) => bead));
  const waitsForThese = (bead: Bead): boolean => {
    const missing = undeliveredNeeds(convoy.beads, bead);
    return missing.length > 0 && missing.every((need) => landed.has(need));
  };
  const busy = beads.filter((bead) => bead.status === 'in_progress').length;
  const places = Math.max(0, convoy.opened.settings.polecats - busy);
  return beads
    .filter((bead) => bead.status === 'open' && bead.slung && waitsForThese(bead))
    .slice(0, Math.min(places, taker.sessions.length))
    .map((bead, index) => ({
      type: 'LeaseGranted',
      data: {
        bead: bead.number,
        attempt: bead.attempts + 1,
        session: taker.sessions[index] ?? '',
        runner: taker.runner,
        until: taker.until,
        from: verification.commit,
      },
    }));
}
