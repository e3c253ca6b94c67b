import { z } from 'zod';
import { renderReview, renderReviewComment } from '../../render/review.ts';
import { ApiError } from '../../server/api-error.ts';
import { read, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { ReviewCommentRow, ReviewRow } from '../../store/rows.ts';
import { pullOf } from '../find-in-request.ts';
import { mustOwnOrHave } from '../mutate-rights.ts';
import { checkVerdict } from './create-review.ts';
import { maySee, reviewOf } from './find-review.ts';
import { emitReview, finishReview } from './finish-review.ts';

const path = '/pulls/{pull_number}/reviews';
const readable = { permission: 'pull_requests=read' } as const;
const access = { permission: 'pull_requests=write', level: 'read' } as const;

export const listReviews = read({
  ...readable,
  path,
  operationId: 'pulls/list-reviews',
  handle: (request) => {
    const { context, repository, view } = request;
    const pull = pullOf(request);
    const rows = context.store
      .all<ReviewRow>('SELECT * FROM reviews WHERE issue_id = ? ORDER BY id', pull.id)
      .filter((row) => maySee(request, row));
    return listReply(request, rows, (row) => renderReview(view, repository, pull, row));
  },
});

export const getReview = read({
  ...readable,
  path: `${path}/{review_id}`,
  operationId: 'pulls/get-review',
  handle: (request) => {
    const { pull, review } = reviewOf(request);
    return { status: 200, body: renderReview(request.view, request.repository, pull, review) };
  },
});

export const listReviewComments = read({
  ...readable,
  path: `${path}/{review_id}/comments`,
  operationId: 'pulls/list-comments-for-review',
  handle: (request) => {
    const { context, repository, view } = request;
    const { pull, review } = reviewOf(request);
    const rows = context.store.all<ReviewCommentRow>(
      'SELECT * FROM review_comments WHERE review_id = ? ORDER BY id',
      review.id,
    );
    return listReply(request, rows, (row) => renderReviewComment(view, repository, pull, row));
  },
});

export const updateReview = write({
  ...access,
  method: 'PUT',
  path: `${path}/{review_id}`,
  operationId: 'pulls/update-review',
  body: z.object({ body: z.string() }),
  handle: (request) => {
    const { context, repository, view, body } = request;
    const { pull, review } = reviewOf(request);
    mustOwnOrHave(request, review.user_id, 'write');
    context.store.run('UPDATE reviews SET body = ? WHERE id = ?', body.body, review.id);
    const after = { ...review, body: body.body };
    if (review.state !== 'PENDING' && review.body !== body.body) {
      emitReview(request, 'edited', pull, after, { changes: { body: { from: review.body } } });
    }
    return { status: 200, body: renderReview(view, repository, pull, after) };
  },
});

export const deletePendingReview = write({
  ...access,
  method: 'DELETE',
  path: `${path}/{review_id}`,
  operationId: 'pulls/delete-pending-review',
  handle: (request) => {
    const { pull, review } = reviewOf(request);
    if (review.state !== 'PENDING') {
      throw new ApiError(422, 'Can not delete a non-pending pull request review');
    }
    request.context.store.run('DELETE FROM reviews WHERE id = ?', review.id);
    return { status: 200, body: renderReview(request.view, request.repository, pull, review) };
  },
});

export const submitReview = write({
  ...access,
  method: 'POST',
  path: `${path}/{review_id}/events`,
  operationId: 'pulls/submit-review',
  body: z.object({ body: z.string().optional(), event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']) }),
  handle: (request) => {
    const { context, repository, view, body } = request;
    const { pull, review } = reviewOf(request);
    if (review.state !== 'PENDING') {
      throw new ApiError(422, 'Can not submit a review that was already submitted');
    }
    const comments = context.store.count(
      'SELECT count(*) FROM review_comments WHERE review_id = ?',
      review.id,
    );
    const text = body.body ?? review.body;
    checkVerdict(request, pull, body.event, text, comments);
    const done = context.store.transaction(() => finishReview(request, pull, review, body.event, text));
    return { status: 200, body: renderReview(view, repository, pull, done) };
  },
});

export const dismissReview = write({
  method: 'PUT',
  permission: 'pull_requests=write',
  level: 'write',
  path: `${path}/{review_id}/dismissals`,
  operationId: 'pulls/dismiss-review',
  body: z.object({ message: z.string(), event: z.literal('DISMISS').optional() }),
  handle: (request) => {
    const { context, repository, view } = request;
    const { pull, review } = reviewOf(request);
    if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
      throw new ApiError(422, 'Can not dismiss a commented pull request review');
    }
    context.store.run("UPDATE reviews SET state = 'DISMISSED' WHERE id = ?", review.id);
    const after: ReviewRow = { ...review, state: 'DISMISSED' };
    emitReview(request, 'dismissed', pull, after);
    return { status: 200, body: renderReview(view, repository, pull, after) };
  },
});
