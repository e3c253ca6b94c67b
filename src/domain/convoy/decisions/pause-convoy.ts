import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Starts no further bead; what is being worked goes on to its end. */
export function pauseConvoy(state: ConvoyState, by: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (open.value.paused) return refuse(refusal('convoy-paused', 'The convoy is paused already.'));
  return accept({ type: 'ConvoyPaused', data: { by } });
}

export function resumeConvoy(state: ConvoyState, by: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (!open.value.paused) return refuse(refusal('convoy-not-paused', 'The convoy is not paused.'));
  return accept({ type: 'ConvoyResumed', data: { by } });
}
