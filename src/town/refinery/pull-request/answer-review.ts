import type { Bead } from '../../../domain/bead/bead.ts';
import { recordReviewAnswer } from '../../../domain/convoy/decisions/update-pull-request.ts';
import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { Convoy, Effect, Review } from '../../../domain/convoy/state.ts';
import type { StreamId } from '../../../domain/event.ts';
import { ensureEffect } from '../../mirror/ensure-effect.ts';
import { findOwn } from '../../mirror/find-own.ts';
import { lookFrom } from '../../mirror/look-from.ts';
import type { Hub } from '../../ports/hub.ts';
import type { Town } from '../../town.ts';
import { type MarkerSubject, marker } from '../../voice/marker.ts';
import { reviewAnswer } from '../../voice/review-answer.ts';

/** Answers every thread of a review with the commit that meets it, and asks for review again, once. */
export async function answerReview(town: Town, stream: StreamId, hub: Hub, review: Review): Promise<void> {
  const { state: convoy } = town.ledger.load(stream, convoyFold);
  const bead = review.bead === null ? undefined : convoy?.beads.get(review.bead);
  if (!convoy?.pullRequest || bead === undefined) return;
  const { number } = convoy.pullRequest;
  for (const comment of review.comments)
    await answerThread(town, stream, hub, convoy, number, comment.id, bead);
  if (bead.landedAs !== null) await askAgain(town, stream, hub, number, review);
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'refinery',
    cause: `review:${review.review}`,
    decide: (state) => recordReviewAnswer(state, review.review),
  });
}

async function answerThread(
  town: Town,
  stream: StreamId,
  hub: Hub,
  convoy: Convoy,
  pullRequest: number,
  comment: number,
  bead: Bead,
): Promise<void> {
  const subjectOf = (effect: Effect): MarkerSubject => ({
    kind: 'reply',
    effect: effect.id,
    repositoryId: convoy.opened.repository.id,
    issue: pullRequest,
  });
  await ensureEffect(town, stream, {
    kind: 'reply',
    subject: `review comment ${comment}`,
    detail: { pullRequest, comment },
    perform: async (effect) => {
      const body = `${reviewAnswer(convoy, bead)}\n\n${marker(town.markerKey, subjectOf(effect))}`;
      const { id } = await hub.replyToReviewComment(pullRequest, comment, body);
      return { id };
    },
    find: async (effect) => {
      const replies = await hub.listReviewReplies(pullRequest, lookFrom(effect));
      const ours = findOwn(town, replies, subjectOf(effect));
      return ours ? { id: ours.id } : null;
    },
  });
}

async function askAgain(
  town: Town,
  stream: StreamId,
  hub: Hub,
  pullRequest: number,
  review: Review,
): Promise<void> {
  await ensureEffect(town, stream, {
    kind: 'review-request',
    subject: `review ${review.review}`,
    detail: { pullRequest, from: review.by },
    perform: async () => {
      await hub.requestReview(pullRequest, review.by);
      return { from: review.by };
    },
    // A request that stands already is simply made again.
    find: async () => null,
  });
}
