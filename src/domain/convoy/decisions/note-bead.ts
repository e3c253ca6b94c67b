import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import { noteLengthMax } from '../limits.ts';
import type { ConvoyState } from '../state.ts';
import { knownBead } from './rules.ts';

/** Adds a note to a bead, whatever its standing. */
export function noteBead(
  state: ConvoyState,
  note: { readonly bead: number; readonly text: string },
): Decision<Refusal> {
  const known = knownBead(state, note.bead);
  if (!known.ok) return refuse(known.refusal);
  const text = note.text.trim();
  if (text === '') return refuse(refusal('note-empty', 'An empty note says nothing.'));
  if (text.length > noteLengthMax) {
    return refuse(refusal('note-too-long', `A note has at most ${noteLengthMax} characters.`));
  }
  return accept({ type: 'BeadNoted', data: { bead: note.bead, note: text } });
}
