import type { Bead } from '../bead/bead.ts';
import type { Convoy } from './state.ts';

/** Whether a person is to approve the Mayor's plan before its beads start. */
export const isPlanGated = (convoy: Convoy): boolean =>
  convoy.opened.kind === 'convoy' && convoy.opened.settings.plan === 'review';

/** A bead that may not start yet. What a person ordered (by a review or a command) needs no second word. */
export function awaitsApproval(convoy: Convoy, bead: Bead): boolean {
  if (!isPlanGated(convoy) || convoy.plan.approved.has(bead.number)) return false;
  return bead.attempts === 0 && !bead.createdBy.startsWith('overseer:');
}

/** The beads of a plan that is complete and waits for approval, proposed or not yet. */
export function plannedBeads(convoy: Convoy): readonly Bead[] {
  return [...convoy.beads.values()].filter(
    (bead) => bead.slung && !bead.quarantined && awaitsApproval(convoy, bead),
  );
}

/** There is a plan that nobody was shown as it stands now. */
export function isProposalDue(convoy: Convoy): boolean {
  if (convoy.ended !== null || plannedBeads(convoy).length === 0) return false;
  return convoy.plan.proposed === null || convoy.plan.proposed.stale;
}

/** What an approval is bound to: the order's text and every word of the plan, in one canonical line to be hashed. */
export function planText(convoy: Convoy): string {
  const beads = plannedBeads(convoy).map(({ number, title, description, acceptance, needs }) => [
    number,
    title,
    description,
    acceptance,
    needs,
  ]);
  return JSON.stringify([convoy.opened.textHash, beads]);
}
