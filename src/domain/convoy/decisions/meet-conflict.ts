import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Records that a bead's change can't be merged onto a head by git alone; the same conflict is recorded once. */
export function meetConflict(state: ConvoyState, conflict: EventData['MergeConflicted']): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const known = open.value.conflicts.some(
    (one) => one.bead === conflict.bead && one.onto === conflict.onto && one.commit === conflict.commit,
  );
  return known ? accept() : accept({ type: 'MergeConflicted', data: conflict });
}
