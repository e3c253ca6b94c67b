import { accept, type Decision, refuse } from '../../event.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { quarantineAfter } from './quarantine-bead.ts';
import { beadThatMay } from './rules.ts';

/** Sends a closed bead back to be done again from the new head, with the output that shows why. */
export function returnBead(
  state: ConvoyState,
  returned: { readonly bead: number; readonly reason: string; readonly output: string },
): Decision<Refusal> {
  const may = beadThatMay(state, returned.bead, 'BeadReturned');
  if (!may.ok) return refuse(may.refusal);
  const { bead, convoy } = may.value;
  return accept(
    { type: 'BeadReturned', data: { ...returned, attempt: bead.attempts } },
    ...quarantineAfter(convoy, bead, returned.reason),
  );
}
