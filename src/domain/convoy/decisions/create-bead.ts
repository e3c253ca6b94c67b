import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import { beadCountMax, beadTextLengthMax, beadTitleLengthMax } from '../limits.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

export interface NewBead {
  readonly title: string;
  readonly description: string;
  readonly acceptance: string;
  readonly needs: readonly number[];
}

/** Adds a bead. It can only need beads that exist, so a new bead never closes a cycle. */
export function createBead(state: ConvoyState, bead: NewBead): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { beads, lastBead } = open.value;
  const wrong = textProblem(bead) ?? needsProblem(bead.needs, beads);
  if (wrong) return refuse(wrong);
  if (beads.size >= beadCountMax) {
    return refuse(refusal('too-many-beads', `A convoy holds at most ${beadCountMax} beads.`));
  }
  const { title, description, acceptance } = bead;
  const needs = [...new Set(bead.needs)].sort((a, b) => a - b);
  const data = { bead: lastBead + 1, title: title.trim(), description, acceptance, needs };
  return accept({ type: 'BeadCreated', data });
}

export function textProblem(bead: Omit<NewBead, 'needs'>): Refusal | null {
  if (bead.title.trim() === '') return refusal('title-missing', 'A bead needs a title.');
  if (bead.title.length > beadTitleLengthMax) {
    return refusal('title-too-long', `A bead's title has at most ${beadTitleLengthMax} characters.`);
  }
  if (bead.description.length + bead.acceptance.length > beadTextLengthMax) {
    return refusal('text-too-long', `A bead's text has at most ${beadTextLengthMax} characters.`);
  }
  return null;
}

export function needsProblem(needs: readonly number[], beads: ReadonlyMap<number, unknown>): Refusal | null {
  const unknown = needs.filter((need) => !beads.has(need));
  if (unknown.length === 0) return null;
  return refusal(
    'need-unknown',
    `It needs beads that don't exist: ${unknown.join(', ')}. Create those first.`,
  );
}
