import { accept, type Decision, refuse } from '../../event.ts';
import type { Refusal } from '../../refusal.ts';
import type { Outcome } from '../events.ts';
import type { ConvoyState } from '../state.ts';
import { beadThatMay, heldBy } from './rules.ts';

/** Closes a bead with its evidence. Only its holder may; closed is not landed. */
export function closeBead(
  state: ConvoyState,
  closing: { readonly bead: number; readonly session: string; readonly outcome: Outcome },
): Decision<Refusal> {
  const may = beadThatMay(state, closing.bead, 'BeadClosed');
  if (!may.ok) return refuse(may.refusal);
  const { bead } = may.value;
  const stranger = heldBy(bead, closing.session);
  if (stranger) return refuse(stranger);
  return accept({ type: 'BeadClosed', data: { ...closing, attempt: bead.attempts } });
}
