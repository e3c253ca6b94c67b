import { isHeld, isOver } from '../bead/derive.ts';
import { effectOf } from './mirror-receipts.ts';
import type { Convoy, Review } from './state.ts';

/** Something of it waits for a person's `/approve`: until then its pull request is a draft. */
export function pullRequestAwaitsApproval(convoy: Convoy): boolean {
  const { approved, beads, ownChecks } = convoy;
  const own = ownChecks?.hash ?? null;
  const unapproved = own !== null && !approved.has(own);
  return (
    unapproved || lessonsAwaitApproval(convoy) || [...beads.values()].some((bead) => isHeld(approved, bead))
  );
}

/** Lessons are instructions to later agents: where nobody need look at the merge, somebody must look at them. */
export function lessonsAwaitApproval({ opened, lessonsWritten, approved }: Convoy): boolean {
  return opened.settings.merge === 'auto' && lessonsWritten.some(({ hash }) => !approved.has(hash));
}

/** Whether the pull request shows less than the ledger says, or something of others waits to be taken in. */
export function isUpdateDue(convoy: Convoy): boolean {
  const { pullRequest, head, incoming, leftBehind, ownChecks } = convoy;
  if (pullRequest === null) return false;
  if (incoming.base !== null || incoming.push !== null) return true;
  // While a person's push can't be taken in, nothing is pushed over it.
  if (leftBehind.push !== null) return false;
  return (
    pullRequest.sha !== head ||
    (ownChecks !== null && ownChecks.commit !== head) ||
    isMarkDue(convoy) ||
    isAutoMergeDue(convoy) ||
    unansweredReviews(convoy).length > 0
  );
}

/** It is shown as a draft and need not be any more, or the other way round. */
export function isMarkDue(convoy: Convoy): boolean {
  const { pullRequest } = convoy;
  return pullRequest !== null && (pullRequest.shownAs === 'ready') === pullRequestAwaitsApproval(convoy);
}

/** People approved what is shown, the config leaves the merge to GitHub, and GitHub was not told so yet. */
export function isAutoMergeDue(convoy: Convoy): boolean {
  const { pullRequest, opened, head } = convoy;
  if (opened.settings.merge !== 'auto' || pullRequest?.sha !== head) return false;
  if (pullRequest.approvedBy.length === 0 || pullRequestAwaitsApproval(convoy) || isRefused(convoy))
    return false;
  const told = effectOf(convoy, 'auto-merge', head);
  return told === null || told.status === 'intended';
}

/** Someone's last word is that changes are wanted. */
function isRefused({ reviews }: Convoy): boolean {
  const last = new Map(
    reviews.filter(({ verdict }) => verdict !== 'commented').map(({ by, verdict }) => [by, verdict]),
  );
  return [...last.values()].includes('changes_requested');
}

/** Reviews whose bead has come to an end, whatever end, and that were not told so yet. */
export function unansweredReviews(convoy: Convoy): readonly Review[] {
  return convoy.reviews.filter((review) => {
    const bead = review.bead === null ? undefined : convoy.beads.get(review.bead);
    return bead !== undefined && !review.answered && isOver(convoy.beads, bead);
  });
}
