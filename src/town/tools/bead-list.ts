import type { Bead } from '../../domain/bead/bead.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { beadIcon, beadStanding } from '../voice/bead-line.ts';

const noteLengthShown = 400;

/** The beads as a model reads them: one line each, the newest notes below. */
export function beadList(convoy: Convoy): string {
  const beads = [...convoy.beads.values()];
  return beads.length === 0 ? '(no beads)' : beads.map((bead) => beadLines(convoy, bead)).join('\n');
}

function beadLines(convoy: Convoy, bead: Bead): string {
  const assignee = bead.status === 'in_progress' ? ` → polecat:${bead.topic}` : '';
  const needs = bead.needs.length === 0 ? '' : ` needs ${bead.needs.join(', ')}`;
  const standing = beadStanding(convoy, bead);
  const head = `${beadIcon(bead)} [${bead.number}] ${bead.title} (${standing}${needs})${assignee}`;
  const notes = bead.notes.slice(-2).map((note) => `     ${note.by}: ${note.text.slice(0, noteLengthShown)}`);
  return [head, ...notes].join('\n');
}
