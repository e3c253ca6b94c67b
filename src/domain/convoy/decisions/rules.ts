import type { Bead } from '../../bead/bead.ts';
import { standingOf, transitionFor } from '../../bead/transitions.ts';
import type { NewEvent } from '../../event.ts';
import type { EventType } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import { beadTextLengthMax } from '../limits.ts';
import type { Convoy, ConvoyState } from '../state.ts';

/** The checks that most decisions begin with: an open convoy, a bead that exists, a transition that the table has. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

const ok = <T>(value: T): Checked<T> => ({ ok: true, value });
const no = (rule: string, text: string): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: refusal(rule, text),
});

export function openConvoy(state: ConvoyState): Checked<Convoy> {
  if (state === null) return no('convoy-unknown', 'There is no such convoy.');
  if (state.ended) return no('convoy-ended', `The convoy has ended (${state.ended.how}).`);
  return ok(state);
}

export function knownBead(state: ConvoyState, number: number): Checked<{ convoy: Convoy; bead: Bead }> {
  const open = openConvoy(state);
  if (!open.ok) return open;
  const bead = open.value.beads.get(number);
  return bead ? ok({ convoy: open.value, bead }) : no('bead-unknown', `Bead ${number} not found.`);
}

export function beadThatMay(
  state: ConvoyState,
  number: number,
  event: EventType,
): Checked<{ convoy: Convoy; bead: Bead }> {
  const known = knownBead(state, number);
  if (!known.ok) return known;
  const { bead } = known.value;
  if (transitionFor(bead, event)) return known;
  return no('no-such-transition', `Bead ${number} is ${standingOf(bead)}: ${event} can't happen to it now.`);
}

/** The lease must still be this session's: a worker that was given up on can't speak for the bead any more. */
export function heldBy(bead: Bead, session: string): Refusal | null {
  if (bead.lease?.session === session) return null;
  return refusal('not-the-holder', `Bead ${bead.number} is not held by this session any more.`);
}

/** A bead that the town itself makes and orders at once. */
export function orderedBead(given: {
  readonly bead: number;
  readonly title: string;
  readonly description: string;
  readonly acceptance: string;
  readonly topic: string;
}): readonly NewEvent[] {
  const { bead, title, acceptance } = given;
  const description = given.description.slice(0, beadTextLengthMax);
  return [
    { type: 'BeadCreated', data: { bead, title, description, acceptance, needs: [] } },
    { type: 'BeadSlung', data: { bead, topic: given.topic.slice(0, 60) } },
  ];
}
