import { accept, type Decision, type NewEvent, refuse } from '../../event.ts';
import type { Refusal } from '../../refusal.ts';
import { noteLengthMax } from '../limits.ts';
import type { ConvoyState } from '../state.ts';
import { beadThatMay } from './rules.ts';

/** Gives a blocked bead new attempts, with a person's guidance for the next one. */
export function retryBead(
  state: ConvoyState,
  retry: { readonly bead: number; readonly guidance: string },
): Decision<Refusal> {
  const may = beadThatMay(state, retry.bead, 'BeadUnblocked');
  if (!may.ok) return refuse(may.refusal);
  const { bead } = may.value;
  const events: NewEvent[] = [{ type: 'BeadUnblocked', data: { bead: bead.number } }];
  const note = retry.guidance.trim().slice(0, noteLengthMax);
  if (note !== '') events.push({ type: 'BeadNoted', data: { bead: bead.number, note } });
  if (!bead.slung)
    events.push({ type: 'BeadSlung', data: { bead: bead.number, topic: bead.title.slice(0, 60) } });
  return accept(...events);
}
