import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { PauseCause } from '../events.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Starts no further bead; what is being worked goes on to its end. */
export function pauseConvoy(state: ConvoyState, by: string, because?: PauseCause): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (open.value.paused) return refuse(refusal('convoy-paused', 'The convoy is paused already.'));
  return accept({ type: 'ConvoyPaused', data: because === undefined ? { by } : { by, because } });
}

/** Goes on after a pause that had a cause, once the cause is gone; a pause that a person asked for stays. */
export function resumeAfter(state: ConvoyState, by: string, cause: PauseCause): Decision<Refusal> {
  return state?.pauseCause === cause ? resumeConvoy(state, by) : accept();
}

export function resumeConvoy(state: ConvoyState, by: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (!open.value.paused) return refuse(refusal('convoy-not-paused', 'The convoy is not paused.'));
  return accept({ type: 'ConvoyResumed', data: { by } });
}
