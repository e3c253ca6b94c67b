import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';

/** A run that was ordered for a bead, by GitHub's number. */
interface KnownRun {
  readonly bead: number;
  readonly run: number;
}

const unknown = refuse(refusal('convoy-unknown', 'There is no such convoy.'));

/** Takes in, once, that a run has found a runner. */
export function startRun(state: ConvoyState, started: KnownRun): Decision<Refusal> {
  if (state === null) return unknown;
  const isKnown = state.startedRuns.has(started.run) || state.endedRuns.has(started.run);
  return isKnown ? accept() : accept({ type: 'RunStarted', data: started });
}

/** Takes in, once, that a run is over; also after the convoy has ended. `how`: GitHub's word for it. */
export function endRun(state: ConvoyState, ended: KnownRun & { readonly how: string }): Decision<Refusal> {
  if (state === null) return unknown;
  return state.endedRuns.has(ended.run) ? accept() : accept({ type: 'RunEnded', data: ended });
}
