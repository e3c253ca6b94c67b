import { beadSubject } from './mirror-receipts.ts';
import type { Convoy } from './state.ts';

type Hand = Convoy['hands'][number];

const about = (bead: number | null) => (hand: Hand) =>
  (hand.bead ?? null) === bead && hand.bead !== undefined;

/** The last thing of some kinds that a person did to the issue of a bead (null: to the convoy's own). */
function lastHand(convoy: Convoy, bead: number | null, kinds: readonly string[]): Hand | undefined {
  return convoy.hands.filter(about(bead)).findLast(({ what }) => kinds.includes(what));
}

/** Whether an issue is open as far as the ledger knows: what was last done to it by hand, or by the town. */
export function isKnownOpen(convoy: Convoy, bead: number | null): boolean {
  const hand = lastHand(convoy, bead, ['issue-closed', 'issue-reopened']);
  const subject = bead === null ? 'convoy' : beadSubject(bead);
  if (convoy.effects.some(({ kind, subject: of }) => kind === 'close-issue' && of === subject)) return false;
  if (hand?.what !== 'issue-closed') return true;
  return isReopenedByUs(convoy, bead);
}

/** How often someone closed a bead's issue who may not: each time the town opens it again, a few times at most. */
export function closedInVain(convoy: Convoy, bead: number): number {
  return convoy.hands
    .filter(about(bead))
    .filter((hand) => hand.what === 'issue-closed' && hand.obeyed === false).length;
}

export const reopenSubject = (bead: number, time: number): string => `${beadSubject(bead)} again ${time}`;

function isReopenedByUs(convoy: Convoy, bead: number | null): boolean {
  if (bead === null) return false;
  const subject = reopenSubject(bead, closedInVain(convoy, bead));
  return convoy.effects.some(({ kind, subject: of }) => kind === 'reopen-issue' && of === subject);
}

/** How often people changed title or text of a bead's issue. */
export function textHands(convoy: Convoy, bead: number): number {
  return convoy.hands
    .filter(about(bead))
    .filter(({ what }) => what === 'issue-retitled' || what === 'issue-edited').length;
}
