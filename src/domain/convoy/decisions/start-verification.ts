import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import type { Refusal } from '../../refusal.ts';
import type { Verification } from '../events.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Records that a candidate is being verified. */
export function startVerification(
  state: ConvoyState,
  candidate: EventData['VerificationStarted'],
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  return accept({ type: 'VerificationStarted', data: candidate });
}

/** Records that a candidate was red: one run of it, the head stays where it is. */
export function failVerification(state: ConvoyState, verification: Verification): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  return accept({ type: 'VerificationFailed', data: verification });
}
