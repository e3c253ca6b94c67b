import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Records that the base branch stands at another commit than the convoy's branch has in it; once for each commit. */
export function moveBase(state: ConvoyState, moved: EventData['BaseMoved']): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { baseCommit, incoming } = open.value;
  const known = baseCommit === moved.commit || incoming.base === moved.commit;
  return known ? accept() : accept({ type: 'BaseMoved', data: moved });
}

/** Records what a person did by hand on GitHub. */
export function noteHand(state: ConvoyState, hand: EventData['HandMoved']): Decision<Refusal> {
  const open = openConvoy(state);
  return open.ok ? accept({ type: 'HandMoved', data: hand }) : refuse(open.refusal);
}
