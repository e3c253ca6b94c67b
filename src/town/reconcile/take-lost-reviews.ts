import type { Convoy } from '../../domain/convoy/state.ts';
import { takeReview } from '../gate/take-review.ts';
import type { ReconcilePass } from './reconcile-convoy.ts';

/** Takes in the reviews of a convoy's pull request that no webhook told of. */
export async function takeLostReviews({ town, hub, cause }: ReconcilePass, convoy: Convoy): Promise<void> {
  const { pullRequest, reviews, opened } = convoy;
  if (pullRequest === null) return;
  const known = new Set(reviews.map(({ review }) => review));
  for (const { id, state, body, author } of await hub.listReviews(pullRequest.number)) {
    if (known.has(id)) continue;
    const payload = {
      action: 'submitted',
      repository: { id: opened.repository.id },
      pull_request: { number: pullRequest.number },
      review: { id, state, body },
      sender: author,
    };
    await takeReview(town, payload, cause);
  }
}
