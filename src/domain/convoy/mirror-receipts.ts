import { z } from 'zod';
import type { EffectKind } from './events.ts';
import type { Convoy, Effect } from './state.ts';

const issueReceipt = z.object({ number: z.int(), id: z.int(), linked: z.boolean().default(false) });
const commentReceipt = z.object({ id: z.int() });

/** The newest effect of a kind and subject, whatever became of it. */
export function effectOf(convoy: Convoy, kind: EffectKind, subject: string): Effect | null {
  return convoy.effects.findLast((one) => one.kind === kind && one.subject === subject) ?? null;
}

export const beadSubject = (bead: number): string => `bead ${bead}`;
export const needSubject = (bead: number, need: number): string => `bead ${bead} needs ${need}`;

/** Someone has deleted the bead's issue or moved it to another repository: it is not made anew. */
function isIssueLost(convoy: Convoy, bead: number): boolean {
  return convoy.hands.some(
    (hand) => hand.bead === bead && (hand.what === 'issue-deleted' || hand.what === 'issue-transferred'),
  );
}

/** The issue that mirrors a bead, once GitHub has confirmed it. */
export function beadIssueOf(
  convoy: Convoy,
  bead: number,
): { number: number; id: number; linked: boolean } | null {
  if (isIssueLost(convoy, bead)) return null;
  const parsed = issueReceipt.safeParse(effectOf(convoy, 'bead-issue', beadSubject(bead))?.receipt);
  return parsed.success ? parsed.data : null;
}

/** The number of the issue that shows a bead; a `polecat` order's one bead is shown by the ordering issue itself. */
export function issueNumberOf(convoy: Convoy, bead: number): number | null {
  if (convoy.opened.kind === 'polecat' && bead === 1) return convoy.opened.issue;
  return beadIssueOf(convoy, bead)?.number ?? null;
}

export function statusCommentOf(convoy: Convoy): number | null {
  const parsed = commentReceipt.safeParse(effectOf(convoy, 'status-comment', 'convoy')?.receipt);
  return parsed.success ? parsed.data.id : null;
}

/** Every bead has its issue, or GitHub has refused one for good. */
export function isMirrored(convoy: Convoy): boolean {
  if (convoy.opened.kind === 'polecat') return true;
  return [...convoy.beads.keys()].every((bead) => {
    const effect = effectOf(convoy, 'bead-issue', beadSubject(bead));
    return effect !== null && effect.status !== 'intended';
  });
}
