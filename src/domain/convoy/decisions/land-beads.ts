import { isWaitingToLand } from '../../bead/derive.ts';
import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { Verification } from '../events.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

export interface Landing {
  readonly verification: Verification;
  /** Each bead of the verified head that is new in it, with its merge commit, in the order they were merged. */
  readonly merged: readonly { readonly bead: number; readonly commit: string }[];
  /** The head that the candidate was built on: it must still be the head. */
  readonly onto: string;
}

/** Moves the verified head and lands the beads that are in it, all in one append. */
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
  );
}
