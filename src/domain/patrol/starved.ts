import type { Bead } from '../bead/bead.ts';
import { isHeld, isReady, isWaitingToLand } from '../bead/derive.ts';
import type { Convoy } from '../convoy/state.ts';
import type { PatrolLimits } from './patrol-limits.ts';
import type { Prospect } from './watch-convoy.ts';

/** Beads that could go on, and from when on it is strange that nobody takes them: people are told. */
export function findStarved(
  convoy: Convoy,
  beads: readonly Bead[],
  limits: PatrolLimits,
): readonly Prospect[] {
  if (convoy.paused || convoy.exhausted) return [];
  // Whatever frees a place for a polecat moves a bead.
  const moved = Math.max(0, ...beads.map((bead) => Date.parse(bead.since)));
  const busy = beads.filter((bead) => bead.status === 'in_progress').length;
  const ready =
    busy < convoy.opened.settings.polecats ? beads.filter((bead) => isReady(convoy.beads, bead)) : [];
  const closed = beads.filter((bead) => isWaitingToLand(bead) && !isHeld(convoy.approved, bead));
  const verifying = 2 * convoy.opened.settings.verifyTimeoutMs;
  return [
    ...ready.map((bead) => starved(bead, moved + limits.starveMs, 'it could start, and nobody took it')),
    ...closed.map((bead) =>
      starved(bead, Date.parse(bead.since) + limits.starveMs + verifying, 'it waits to land, and does not'),
    ),
  ];
}

function starved(bead: Bead, due: number, detail: string): Prospect {
  return { due, finding: { rule: 'starved', action: 'escalate', bead: bead.number, session: null, detail } };
}
