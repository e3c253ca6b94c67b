import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { textProblem } from './create-bead.ts';
import { knownBead } from './rules.ts';

export interface BeadEdit {
  readonly bead: number;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly acceptance?: string | undefined;
}

/** Changes what a bead asks for; only while nobody works on it. */
export function editBead(state: ConvoyState, edit: BeadEdit): Decision<Refusal> {
  const known = knownBead(state, edit.bead);
  if (!known.ok) return refuse(known.refusal);
  const { bead } = known.value;
  if (bead.status === 'in_progress' || bead.status === 'closed') {
    return refuse(refusal('bead-taken', `Bead ${bead.number} is ${bead.status}: its text stands as it is.`));
  }
  const text = {
    title: edit.title ?? bead.title,
    description: edit.description ?? bead.description,
    acceptance: edit.acceptance ?? bead.acceptance,
  };
  const wrong = textProblem(text);
  if (wrong) return refuse(wrong);
  return accept({ type: 'BeadEdited', data: { bead: bead.number, ...text } });
}
