import type { Bead } from '../bead/bead.ts';
import { hopelessNeeds, isHeld, isOver, isSettled, waitsForApproval } from '../bead/derive.ts';
import type { Convoy } from './state.ts';

const slung = (convoy: Convoy): readonly Bead[] => [...convoy.beads.values()].filter((bead) => bead.slung);

/** Every slung bead is settled, can never start, or waits for a person. True as well when nothing is slung. */
export function isAwaitOver(convoy: Convoy): boolean {
  if (convoy.ended !== null) return true;
  return slung(convoy).every(
    (bead) => isOver(convoy.beads, bead) || waitsForApproval(convoy.approved, convoy.beads, bead),
  );
}

/** What the Mayor reads after waiting: a line for each slung bead, and the open ones that nobody slung. */
export function awaitReport(convoy: Convoy, why: 'settled' | 'timeout'): string {
  const ordered = slung(convoy);
  const forgotten = [...convoy.beads.values()].filter((bead) => bead.status === 'open' && !bead.slung);
  const head =
    ordered.length === 0
      ? 'Nothing has been slung.'
      : why === 'timeout'
        ? 'Time is up. Some beads are still out.'
        : 'All slung beads are settled.';
  const lines = ordered.map((bead) => `[${bead.number}] ${bead.title}: ${fate(convoy, bead)}`);
  const open = forgotten.map((bead) => `[${bead.number}] ${bead.title}: open, and nobody slung it`);
  const again = convoy.plan.refused ? `${planRefused(convoy)}\n` : '';
  return `${again}${[head, ...lines, ...open].join('\n')}`;
}

/** What the Mayor reads when a person wants another plan. */
export function planRefused(convoy: Convoy): string {
  const guidance = convoy.plan.guidance.at(-1) ?? '';
  return `The overseer did not approve the plan, and its beads are dropped: their numbers are gone. Make another plan, sling it and wait again. The overseer says:\n${guidance}`;
}

function fate(convoy: Convoy, bead: Bead): string {
  if (bead.landedAs !== null) return `landed${lastNote(bead)}`;
  if (bead.outcome?.kind === 'no-changes' && bead.status === 'closed') {
    return `closed without a change: ${bead.outcome.reason}`;
  }
  if (bead.quarantined) return `in quarantine: ${bead.blockedBecause ?? ''}`;
  if (isHeld(convoy.approved, bead)) return 'waits until a person approves its change of protected paths';
  if (waitsForApproval(convoy.approved, convoy.beads, bead))
    return 'starts once a person has approved what it needs';
  const hopeless = hopelessNeeds(convoy.beads, bead);
  if (hopeless.length > 0) return `can't start, because bead ${hopeless.join(', ')} will not land`;
  return isSettled(bead) ? bead.status : `still out (${bead.status}, attempt ${bead.attempts})`;
}

function lastNote(bead: Bead): string {
  const note = bead.notes.at(-1);
  return note ? `; note: ${note.text.slice(0, 500)}` : '';
}
