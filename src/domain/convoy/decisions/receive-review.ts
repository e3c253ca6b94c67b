import { accept, type Decision, type NewEvent, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ReviewComment } from '../events.ts';
import { beadTextLengthMax } from '../limits.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

export type IncomingReview = Omit<EventData['ReviewReceived'], 'bead'>;

/**
 * Takes in a person's review. One that asks for something becomes exactly one bead, which carries every comment of it and
 * is ordered at once; the same review twice changes nothing.
 */
export function receiveReview(state: ConvoyState, review: IncomingReview): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { reviews, lastBead, pullRequest } = open.value;
  if (pullRequest === null) return refuse(refusal('no-pull-request', 'There is no pull request to review.'));
  if (reviews.some((known) => known.review === review.review)) return accept();
  if (!asksForSomething(review)) {
    return accept({ type: 'ReviewReceived', data: { ...review, bead: null } });
  }
  const bead = lastBead + 1;
  const events: NewEvent[] = [
    { type: 'ReviewReceived', data: { ...review, bead } },
    {
      type: 'BeadCreated',
      data: {
        bead,
        title: `Answer the review of ${review.by}`,
        description: reviewText(review).slice(0, beadTextLengthMax),
        acceptance: 'Every comment of the review is met, and the verification passes.',
        needs: [],
      },
    },
    { type: 'BeadSlung', data: { bead, topic: `review by ${review.by}`.slice(0, 60) } },
  ];
  return accept(...events);
}

/** Changes requested, or comments on lines without an approval. */
function asksForSomething(review: IncomingReview): boolean {
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
