import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** A person, or the Mayor, asks the Refinery to look over the whole once more, and to try again what it could not take in. */
export function askRefine(
  state: ConvoyState,
  asked: { readonly by: string; readonly guidance: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (![...open.value.beads.values()].some((bead) => bead.landedAs !== null)) {
    return refuse(refusal('nothing-landed', 'Nothing has landed yet: there is nothing to look over.'));
  }
  return accept({ type: 'RefineAsked', data: { by: asked.by, guidance: asked.guidance.trim() } });
}
