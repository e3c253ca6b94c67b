import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ShownAs } from '../integration-events.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Records that the pull request shows a newer head, which must be the verified one. */
export function recordUpdate(
  state: ConvoyState,
  update: { readonly number: number; readonly sha: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { pullRequest, head } = open.value;
  if (pullRequest?.number !== update.number)
    return refuse(refusal('no-pull-request', `#${update.number} is not ours.`));
  if (head !== update.sha)
    return refuse(refusal('head-not-verified', `${update.sha} is not the verified head.`));
  return pullRequest.sha === update.sha ? accept() : accept({ type: 'PullRequestUpdated', data: update });
}

/** Records how the pull request is shown: as a draft, by its title, or ready for review. */
export function markPullRequest(
  state: ConvoyState,
  mark: { readonly number: number; readonly as: ShownAs },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { pullRequest } = open.value;
  if (pullRequest?.number !== mark.number)
    return refuse(refusal('no-pull-request', `#${mark.number} is not ours.`));
  return pullRequest.shownAs === mark.as ? accept() : accept({ type: 'PullRequestMarked', data: mark });
}

/** Records that a review's threads were answered; once. */
export function recordReviewAnswer(state: ConvoyState, review: number): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const known = open.value.reviews.find((one) => one.review === review);
  if (known === undefined) return refuse(refusal('review-unknown', `There is no review ${review}.`));
  return known.answered ? accept() : accept({ type: 'ReviewAnswered', data: { review } });
}
