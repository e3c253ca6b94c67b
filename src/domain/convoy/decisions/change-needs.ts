import { findCycle } from '../../bead/derive.ts';
import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { needsProblem } from './create-bead.ts';
import { knownBead } from './rules.ts';

/** Says anew what a bead needs; unknown beads, cycles and beads that have been started are refused. */
export function changeNeeds(
  state: ConvoyState,
  change: { readonly bead: number; readonly needs: readonly number[] },
): Decision<Refusal> {
  const known = knownBead(state, change.bead);
  if (!known.ok) return refuse(known.refusal);
  const { bead, convoy } = known.value;
  if (bead.status !== 'open') {
    return refuse(
      refusal('bead-started', `Bead ${bead.number} is ${bead.status}: its needs stand as they are.`),
    );
  }
  const wrong = needsProblem(change.needs, convoy.beads);
  if (wrong) return refuse(wrong);
  const cycle = findCycle(convoy.beads, bead.number, change.needs);
  if (cycle) return refuse(refusal('needs-cycle', `That would be a cycle: ${cycle.join(' needs ')}.`));
  const needs = [...new Set(change.needs)].sort((a, b) => a - b);
  return accept({ type: 'BeadNeedsChanged', data: { bead: bead.number, needs } });
}
