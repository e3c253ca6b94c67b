import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { beadThatMay, knownBead } from './rules.ts';

/** Takes a bead out of the convoy on a person's word; what needs it can't start then. Not while it is being worked. */
export function withdrawBead(
  state: ConvoyState,
  withdrawal: { readonly bead: number; readonly by: string; readonly reason: string },
): Decision<Refusal> {
  const known = knownBead(state, withdrawal.bead);
  if (!known.ok) return refuse(known.refusal);
  if (known.value.bead.status === 'in_progress') {
    return refuse(
      refusal('bead-at-work', 'It is being worked right now: close it when its polecat has ended.'),
    );
  }
  const may = beadThatMay(state, withdrawal.bead, 'BeadQuarantined');
  if (!may.ok) return refuse(may.refusal);
  const why = withdrawal.reason.trim() || 'no reason given';
  return accept({
    type: 'BeadQuarantined',
    data: { bead: withdrawal.bead, reason: `taken out by ${withdrawal.by}: ${why}` },
  });
}
