import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Records that a session of the Mayor works for this convoy; there is one at a time. */
export function startMayor(state: ConvoyState, session: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (open.value.mayor) return refuse(refusal('mayor-at-work', 'A Mayor works for this convoy already.'));
  return accept({ type: 'MayorStarted', data: { session } });
}

/** Records the Mayor's last word: no more orders will come from it. */
export function reportMayor(
  state: ConvoyState,
  word: { readonly session: string; readonly finished: boolean; readonly report: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (open.value.mayor?.session !== word.session) {
    return refuse(refusal('not-the-mayor', 'Another session is the Mayor of this convoy.'));
  }
  if (open.value.mayor.reported) return refuse(refusal('mayor-reported', 'The Mayor has reported already.'));
  return accept({ type: 'MayorReported', data: word });
}
