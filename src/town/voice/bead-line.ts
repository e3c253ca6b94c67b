import type { Bead } from '../../domain/bead/bead.ts';
import { hopelessNeeds, undeliveredNeeds } from '../../domain/bead/derive.ts';
import { standingOf } from '../../domain/bead/transitions.ts';
import { liveRuns } from '../../domain/convoy/run-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';

const icons = { open: '○', in_progress: '◑', closed: '◕', landed: '●', blocked: '✗' } as const;

/** A bead's icon, as in the terminal and in the table. */
export function beadIcon(bead: Bead): string {
  return bead.outcome?.kind === 'no-changes' ? icons.landed : icons[standingOf(bead)];
}

/** Where a bead stands, in a few words of ours. */
export function beadStanding(convoy: Convoy, bead: Bead): string {
  if (bead.quarantined) {
    const count = bead.failures.length;
    return `in quarantine after ${count} ${count === 1 ? 'attempt' : 'attempts'}`;
  }
  if (bead.landedAs !== null) return `landed as \`${bead.landedAs.slice(0, 9)}\``;
  if (bead.status === 'blocked') return 'blocked';
  if (bead.status === 'in_progress') {
    return bead.attempts > 1 ? `being worked (attempt ${bead.attempts})` : 'being worked';
  }
  if (bead.status === 'closed') return closedStanding(bead);
  return openStanding(convoy, bead);
}

function closedStanding(bead: Bead): string {
  if (bead.outcome?.kind === 'no-changes') return 'closed without a change';
  if (bead.held === null) return 'waits to land';
  return `touches protected paths: waits for \`/approve ${bead.held.hash}\``;
}

function openStanding(convoy: Convoy, bead: Bead): string {
  const { beads } = convoy;
  if (!bead.slung) return 'not ordered';
  const hopeless = hopelessNeeds(beads, bead);
  if (hopeless.length > 0) return `can't start: waits for ${numbers(hopeless)}`;
  const missing = undeliveredNeeds(beads, bead);
  if (missing.length > 0) return `waits for ${numbers(missing)}`;
  return runStanding(convoy, bead) ?? 'next in line';
}

/** What became of the run that was ordered for the next attempt; null where none was. */
function runStanding(convoy: Convoy, { number, attempts }: Bead): string | null {
  const ordered = liveRuns(convoy).findLast(({ bead, attempt }) => bead === number && attempt > attempts);
  if (ordered === undefined) return null;
  const hasRunner = ordered.run !== null && convoy.startedRuns.has(ordered.run);
  return hasRunner ? 'its runner is getting ready' : 'waits for a runner';
}

const numbersShown = 5;

function numbers(beads: readonly number[]): string {
  const some = beads.slice(0, numbersShown).map((bead) => `bead ${bead}`);
  const more = beads.length - some.length;
  return more > 0 ? `${some.join(', ')} and ${more} more` : some.join(', ');
}
