import { standingOf } from '../../bead/transitions.ts';
import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { knownBead } from './rules.ts';

/** Orders a bead worked: now, or the moment its needs have landed. */
export function slingBead(
  state: ConvoyState,
  order: { readonly bead: number; readonly topic: string },
): Decision<Refusal> {
  const known = knownBead(state, order.bead);
  if (!known.ok) return refuse(known.refusal);
  const { bead } = known.value;
  const standing = standingOf(bead);
  if (standing !== 'open') {
    const holder = bead.status === 'in_progress' ? ` (polecat:${bead.topic} has it)` : '';
    return refuse(
      refusal(`bead-${standing}`, `Bead ${bead.number} is ${standing}${holder}: it can't be slung.`),
    );
  }
  if (bead.slung) return refuse(refusal('bead-slung', `Bead ${bead.number} has been slung already.`));
  const topic = order.topic.trim().slice(0, 60) || bead.title.slice(0, 60);
  return accept({ type: 'BeadSlung', data: { bead: bead.number, topic } });
}
