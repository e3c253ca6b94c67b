import { accept, type Decision, refuse } from '../../event.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { knownBead } from './rules.ts';

/** Records that a bead's change of workflows stays out of the branch; said once for the same commit. */
export function withholdWorkflows(
  state: ConvoyState,
  kept: { readonly bead: number; readonly commit: string; readonly paths: readonly string[] },
): Decision<Refusal> {
  const known = knownBead(state, kept.bead);
  if (!known.ok) return refuse(known.refusal);
  const { bead, convoy } = known.value;
  if (convoy.withheld.some((one) => one.bead === kept.bead && one.commit === kept.commit)) return accept();
  const data = { ...kept, paths: [...kept.paths], attempt: bead.attempts };
  return accept({ type: 'WorkflowsWithheld', data });
}
