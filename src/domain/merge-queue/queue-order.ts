import type { Bead } from '../bead/bead.ts';
import { isWaitingToLand } from '../bead/derive.ts';

/** The beads that wait to land: what is needed before what needs it, otherwise the longest closed first. */
export function queueOrder(beads: ReadonlyMap<number, Bead>): readonly Bead[] {
  const waiting = [...beads.values()].filter(isWaitingToLand).sort(byAge);
  const ordered: Bead[] = [];
  const visited = new Set<number>();
  const visit = (bead: Bead): void => {
    if (visited.has(bead.number)) return;
    visited.add(bead.number);
    for (const other of waiting) if (bead.needs.includes(other.number)) visit(other);
    ordered.push(bead);
  };
  waiting.forEach(visit);
  return ordered;
}

const byAge = (a: Bead, b: Bead): number =>
  (a.closedAtVersion ?? 0) - (b.closedAtVersion ?? 0) || a.number - b.number;
