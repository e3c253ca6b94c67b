import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Records what became of a commit of others that was to be taken into the branch. */
export function catchUpWith(state: ConvoyState, caught: EventData['CaughtUp']): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { incoming, leftBehind } = open.value;
  const waiting = incoming[caught.with];
  const told = leftBehind[caught.with];
  const isMet = waiting !== null && (waiting === caught.commit || waiting === caught.seen);
  const isNews = isMet || (told === null) !== (caught.how === 'taken');
  return isNews ? accept({ type: 'CaughtUp', data: caught }) : accept();
}
