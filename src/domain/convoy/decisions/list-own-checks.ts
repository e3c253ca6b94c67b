import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Records what the head changes about the checks that judge it; once for each head. */
export function listOwnChecks(state: ConvoyState, listed: EventData['OwnChecksListed']): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { head, ownChecks } = open.value;
  if (head !== listed.commit)
    return refuse(refusal('head-moved', `The head is ${head}, not ${listed.commit}.`));
  const known = ownChecks?.commit === listed.commit && ownChecks.hash === listed.hash;
  return known ? accept() : accept({ type: 'OwnChecksListed', data: listed });
}

/** Records how many tests the base itself runs; once. */
export function countBaseTests(
  state: ConvoyState,
  counted: EventData['BaseTestsCounted'],
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  return open.value.baseTests === undefined ? accept({ type: 'BaseTestsCounted', data: counted }) : accept();
}
