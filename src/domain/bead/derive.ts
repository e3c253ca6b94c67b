import type { Bead } from './bead.ts';

type Beads = ReadonlyMap<number, Bead>;

/** Nothing more will come of it by itself: landed, closed without a change, or in quarantine. */
export function isSettled(bead: Bead): boolean {
  return isDelivered(bead) || bead.quarantined;
}

/** What needs it may start: its change is in the verified head, or it has none to bring. */
export function isDelivered(bead: Bead): boolean {
  return bead.landedAs !== null || (bead.status === 'closed' && bead.outcome?.kind === 'no-changes');
}

/** Closed with a change that is not in the verified head yet: it stands in the merge queue. */
export function isWaitingToLand(bead: Bead): boolean {
  return bead.status === 'closed' && bead.outcome?.kind === 'change' && bead.landedAs === null;
}

/** Its change touches protected paths and no person has approved exactly that change yet. */
export function isHeld(approved: ReadonlySet<string>, bead: Bead): boolean {
  return isWaitingToLand(bead) && bead.held !== null && !approved.has(bead.held.hash);
}

/** A person's word on a change to protected paths comes first: on its own, or on that of a bead that it needs. */
export function waitsForApproval(approved: ReadonlySet<string>, beads: Beads, bead: Bead): boolean {
  const seen = new Set<number>();
  const waits = (one: Bead): boolean => {
    if (isHeld(approved, one)) return true;
    if (seen.has(one.number) || one.status !== 'open') return false;
    seen.add(one.number);
    return one.needs.some((need) => {
      const needed = beads.get(need);
      return needed !== undefined && waits(needed);
    });
  };
  return waits(bead);
}

export function undeliveredNeeds(beads: Beads, bead: Bead): readonly number[] {
  return bead.needs.filter((need) => {
    const needed = beads.get(need);
    return needed === undefined || !isDelivered(needed);
  });
}

/** Ordered, open, and all that it needs is there. */
export function isReady(beads: Beads, bead: Bead): boolean {
  return bead.status === 'open' && bead.slung && undeliveredNeeds(beads, bead).length === 0;
}

/** The quarantined beads, or beads that nobody ordered, behind which this one can never start; empty when it can. */
export function hopelessNeeds(beads: Beads, bead: Bead): readonly number[] {
  const hopeless = new Set<number>();
  const seen = new Set<number>();
  const visit = (number: number): void => {
    if (seen.has(number)) return;
    seen.add(number);
    const needed = beads.get(number);
    if (needed === undefined || isDelivered(needed)) return;
    if (needed.quarantined || (needed.status === 'open' && !needed.slung)) hopeless.add(number);
    needed.needs.forEach(visit);
  };
  bead.needs.forEach(visit);
  return [...hopeless];
}

/** Settled, or ordered and never able to start. */
export function isOver(beads: Beads, bead: Bead): boolean {
  if (isSettled(bead)) return true;
  return bead.status === 'open' && hopelessNeeds(beads, bead).length > 0;
}

/** The needs that would lead from `bead` back to itself, as a path; null when there is no cycle. */
export function findCycle(beads: Beads, bead: number, needs: readonly number[]): readonly number[] | null {
  // What led nowhere once leads nowhere again: without this, a dense graph has more paths than anyone can walk.
  const seen = new Set<number>();
  const walk = (at: number, path: readonly number[]): readonly number[] | null => {
    if (at === bead) return [...path, at];
    if (seen.has(at)) return null;
    seen.add(at);
    for (const next of beads.get(at)?.needs ?? []) {
      const found = walk(next, [...path, at]);
      if (found) return found;
    }
    return null;
  };
  for (const need of needs) {
    const found = walk(need, [bead]);
    if (found) return found;
  }
  return null;
}
