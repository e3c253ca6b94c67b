import { z } from 'zod';
import { now } from '../../context.ts';
import { renderReview } from '../../render/review.ts';
import { ApiError, validationFailed } from '../../server/api-error.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import { findPull } from '../../store/issues.ts';
import type { IssueRow, ReviewRow } from '../../store/rows.ts';
import { pullOf } from '../find-in-request.ts';
import { checkBody } from '../text-limits.ts';
import { finishReview, stateOf, type Verdict } from './finish-review.ts';
import { commentBody, placeComment, storeComment } from './store-comment.ts';

const body = z.object({
  body: z.string().optional(),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']).optional(),
  commit_id: z.string().optional(),
  comments: z.array(commentBody).optional(),
});

export const createReview = write({
  method: 'POST',
  path: '/pulls/{pull_number}/reviews',
  operationId: 'pulls/create-review',
  permission: 'pull_requests=write',
  level: 'read',
  body,
  handle: async (request) => {
    const { context, repository, view, body: given } = request;
    const pull = pullOf(request);
    checkBody('PullRequestReview', given.body);
    checkVerdict(request, pull, given.event, given.body, given.comments?.length ?? 0);
    const placed = await Promise.all(
      (given.comments ?? []).map((one) => placeComment(request, pull, one, unresolved)),
    );
    const review = context.store.transaction(() => {
      const pending = insertReview(request, pull);
      for (const one of placed) storeComment(request, pull, pending.id, one);
      return given.event === undefined ? pending : finishReview(request, pull, pending, given.event);
    });
    return { status: 200, body: renderReview(view, repository, pull, review) };
  },
});

/** @throws ApiError 422 for one's own pull request, a second pending review, or nothing said. */
export function checkVerdict(
  request: WriteRequest,
  pull: IssueRow,
  event: Verdict | undefined,
  text: string | undefined,
  comments: number,
): void {
  const { actor } = request;
  const own = pull.user_id === actor.user.id;
  if (own && event === 'APPROVE') throw validationFailed('Can not approve your own pull request');
  if (own && event === 'REQUEST_CHANGES')
    throw validationFailed('Can not request changes on your own pull request');
  const silent = (text ?? '') === '' && comments === 0;
  if (silent && event === 'REQUEST_CHANGES') {
    throw validationFailed('Review Body is required to request changes');
  }
  if (silent && event === 'COMMENT') throw validationFailed('Review Body is required');
}

function insertReview(request: WriteRequest<z.infer<typeof body>>, pull: IssueRow): ReviewRow {
  const { context, actor, body: given } = request;
  const pending = context.store.count(
    "SELECT count(*) FROM reviews WHERE issue_id = ? AND user_id = ? AND state = 'PENDING'",
    pull.id,
    actor.user.id,
  );
  if (pending > 0) throw validationFailed('User can only have one pending review per pull request');
  const commit = given.commit_id ?? findPull(context.store, pull.id).head_sha;
  const { id } = context.store.run(
    'INSERT INTO reviews (issue_id, user_id, state, body, commit_id, submitted_at) VALUES (?, ?, ?, ?, ?, ?)',
    pull.id,
    actor.user.id,
    given.event === undefined ? 'PENDING' : stateOf(given.event),
    given.body ?? '',
    commit,
    given.event === undefined ? null : now(context),
  );
  const review = context.store.one<ReviewRow>('SELECT * FROM reviews WHERE id = ?', id);
  if (review === undefined) throw new Error('a review that was just stored is gone');
  return review;
}

function unresolved(part: string): ApiError {
  const name = part.charAt(0).toUpperCase() + part.slice(1);
  return new ApiError(422, 'Unprocessable Entity', { errors: [`${name} could not be resolved`] });
}
