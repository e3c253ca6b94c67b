import type { Town } from '../town.ts';
import { closePullRequest } from './close-pull-request.ts';
import { obeyComment } from './commands/obey-comment.ts';
import { commentPayload, labelledPayload, pullRequestPayload, reviewPayload } from './deliveries.ts';
import { openOrder } from './open-order.ts';
import { takeReview } from './take-review.ts';

export interface Delivery {
  /** GitHub's `X-GitHub-Delivery`. */
  readonly guid: string;
  /** `X-GitHub-Event`. */
  readonly event: string;
  readonly payload: unknown;
}

/** Does what one webhook asks for; anything that the town has no part in is left alone. Safe to do again. */
export async function handleDelivery(town: Town, delivery: Delivery): Promise<void> {
  if (delivery.event === 'issues') {
    const labelled = labelledPayload.safeParse(delivery.payload);
    if (labelled.success) await openOrder(town, labelled.data, delivery.guid);
    return;
  }
  if (delivery.event === 'issue_comment') {
    const commented = commentPayload.safeParse(delivery.payload);
    if (commented.success) await obeyComment(town, commented.data, delivery.guid);
    return;
  }
  if (delivery.event === 'pull_request_review') {
    const reviewed = reviewPayload.safeParse(delivery.payload);
    if (reviewed.success) await takeReview(town, reviewed.data, delivery.guid);
    return;
  }
  if (delivery.event === 'pull_request') {
    const changed = pullRequestPayload.safeParse(delivery.payload);
    if (changed.success) await closePullRequest(town, changed.data, delivery.guid);
  }
}
