import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ReviewComment } from '../events.ts';
import { beadCountMax } from '../limits.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy, orderedBead } from './rules.ts';

export type IncomingReview = Omit<EventData['ReviewReceived'], 'bead'>;

/**
 * Takes in a person's review. One that asks for something becomes exactly one bead, which carries every comment of it and
 * is ordered at once; the same review twice changes nothing.
 */
export function receiveReview(state: ConvoyState, review: IncomingReview): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { reviews, beads, lastBead, pullRequest } = open.value;
  if (pullRequest === null) return refuse(refusal('no-pull-request', 'There is no pull request to review.'));
  if (reviews.some((known) => known.review === review.review)) return accept();
  // A convoy that holds as many beads as it may takes no more of them: people are told so.
  if (!asksForSomething(review) || beads.size >= beadCountMax) {
    return accept({ type: 'ReviewReceived', data: { ...review, bead: null } });
  }
  const bead = lastBead + 1;
  return accept(
    { type: 'ReviewReceived', data: { ...review, bead } },
    ...orderedBead({
      bead,
      title: `Answer the review of ${review.by}`,
      description: reviewText(review),
      acceptance: 'Every comment of the review is met, and the verification passes.',
      topic: `review by ${review.by}`,
    }),
  );
}

/** Changes requested, or comments on lines without an approval. */
export function asksForSomething(review: IncomingReview): boolean {
  if (review.verdict === 'changes_requested') return true;
  return review.verdict === 'commented' && review.comments.length > 0;
}

function reviewText(review: IncomingReview): string {
  const parts = review.comments.map(commentText);
  return [review.body.trim(), ...parts].filter((part) => part !== '').join('\n\n');
}

function commentText({ path, line, hunk, body }: ReviewComment): string {
  const place = line === null ? path : `${path}, line ${line}`;
  return `On ${place}:\n${body}\n\nThe lines it is about:\n${hunk}`;
}
