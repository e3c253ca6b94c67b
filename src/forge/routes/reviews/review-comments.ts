import { z } from 'zod';
import { now } from '../../context.ts';
import { renderReviewComment } from '../../render/review.ts';
import { type ApiError, notFound, validationFailed } from '../../server/api-error.ts';
import { type RepositoryRequest, read, type WriteRequest, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { findIssueById, findPull } from '../../store/issues.ts';
import type { IssueRow, ReviewCommentRow } from '../../store/rows.ts';
import { idParam, pullOf } from '../find-in-request.ts';
import { mustOwnOrHave } from '../mutate-rights.ts';
import { checkBody } from '../text-limits.ts';
import { reviewCommentOf } from './find-review.ts';
import {
  commentBody,
  emitReviewComment,
  insertComment,
  placeComment,
  storeComment,
} from './store-comment.ts';

const readable = { permission: 'pull_requests=read' } as const;
const access = { permission: 'pull_requests=write', level: 'read' } as const;

/** Comments of reviews that were submitted. */
const submitted =
  "SELECT c.* FROM review_comments c JOIN reviews r ON r.id = c.review_id JOIN issues i ON i.id = c.issue_id WHERE r.state <> 'PENDING'";

export const listPullComments = read({
  ...readable,
  path: '/pulls/{pull_number}/comments',
  operationId: 'pulls/list-review-comments',
  handle: (request) => {
    const pull = pullOf(request);
    const rows = request.context.store.all<ReviewCommentRow>(
      `${submitted} AND i.id = ? ORDER BY c.id`,
      pull.id,
    );
    return listReply(request, rows, (row) =>
      renderReviewComment(request.view, request.repository, pull, row),
    );
  },
});

export const listRepositoryReviewComments = read({
  ...readable,
  path: '/pulls/comments',
  operationId: 'pulls/list-review-comments-for-repo',
  handle: (request) => {
    const { context, repository, view } = request;
    const rows = context.store.all<ReviewCommentRow>(
      `${submitted} AND i.repository_id = ? ORDER BY c.id`,
      repository.id,
    );
    return listReply(request, rows, (row) =>
      renderReviewComment(view, repository, pullById(request, row), row),
    );
  },
});

function pullById(request: RepositoryRequest, row: ReviewCommentRow): IssueRow {
  const pull = findIssueById(request.context.store, row.issue_id);
  if (pull === undefined) throw new Error(`review comment ${row.id} has no pull request`);
  return pull;
}

export const getReviewComment = read({
  ...readable,
  path: '/pulls/comments/{comment_id}',
  operationId: 'pulls/get-review-comment',
  handle: (request) => {
    const { pull, comment } = reviewCommentOf(request);
    return { status: 200, body: renderReviewComment(request.view, request.repository, pull, comment) };
  },
});

/** A comment outside a review gets a review of its own, as on GitHub. */
function ownReview(request: WriteRequest, pull: IssueRow): number {
  const { context, actor } = request;
  return context.store.run(
    "INSERT INTO reviews (issue_id, user_id, state, body, commit_id, submitted_at) VALUES (?, ?, 'COMMENTED', '', ?, ?)",
    pull.id,
    actor.user.id,
    findPull(context.store, pull.id).head_sha,
    now(context),
  ).id;
}

function unresolved(part: string): ApiError {
  const field = `pull_request_review_thread.${part}`;
  const message = `${field} must be part of the diff`;
  return validationFailed({ resource: 'PullRequestReviewComment', code: 'custom', field, message });
}

export const createReviewComment = write({
  ...access,
  method: 'POST',
  path: '/pulls/{pull_number}/comments',
  operationId: 'pulls/create-review-comment',
  body: commentBody.extend({ commit_id: z.string() }),
  handle: async (request) => {
    const { context, repository, view } = request;
    const pull = pullOf(request);
    const placed = await placeComment(request, pull, request.body, unresolved);
    const comment = context.store.transaction(() =>
      storeComment(request, pull, ownReview(request, pull), placed),
    );
    emitReviewComment(request, 'created', pull, comment);
    return { status: 201, body: renderReviewComment(view, repository, pull, comment) };
  },
});

export const replyToReviewComment = write({
  ...access,
  method: 'POST',
  path: '/pulls/{pull_number}/comments/{comment_id}/replies',
  operationId: 'pulls/create-reply-for-review-comment',
  body: z.object({ body: z.string() }),
  handle: (request) => {
    const { context, repository, view, actor, body } = request;
    const pull = pullOf(request);
    checkBody('PullRequestReviewComment', body.body);
    const first = context.store.one<ReviewCommentRow>(
      'SELECT * FROM review_comments WHERE id = ? AND issue_id = ?',
      idParam(request, 'comment_id'),
      pull.id,
    );
    if (first === undefined) throw notFound();
    const { id: _, ...place } = first;
    const at = now(context);
    const comment = context.store.transaction(() =>
      insertComment(request, {
        ...place,
        review_id: ownReview(request, pull),
        user_id: actor.user.id,
        body: body.body,
        in_reply_to: first.in_reply_to ?? first.id,
        created_at: at,
        updated_at: at,
      }),
    );
    emitReviewComment(request, 'created', pull, comment);
    return { status: 201, body: renderReviewComment(view, repository, pull, comment) };
  },
});

export const updateReviewComment = write({
  ...access,
  method: 'PATCH',
  path: '/pulls/comments/{comment_id}',
  operationId: 'pulls/update-review-comment',
  body: z.object({ body: z.string() }),
  handle: (request) => {
    const { context, repository, view, body } = request;
    const { pull, comment } = reviewCommentOf(request);
    mustOwnOrHave(request, comment.user_id, 'write');
    checkBody('PullRequestReviewComment', body.body);
    context.store.run(
      'UPDATE review_comments SET body = ?, updated_at = ? WHERE id = ?',
      body.body,
      now(context),
      comment.id,
    );
    const after = reviewCommentOf(request).comment;
    emitReviewComment(request, 'edited', pull, after, { changes: { body: { from: comment.body } } });
    return { status: 200, body: renderReviewComment(view, repository, pull, after) };
  },
});

export const deleteReviewComment = write({
  ...access,
  method: 'DELETE',
  path: '/pulls/comments/{comment_id}',
  operationId: 'pulls/delete-review-comment',
  handle: (request) => {
    const { pull, comment } = reviewCommentOf(request);
    mustOwnOrHave(request, comment.user_id, 'write');
    request.context.store.run('DELETE FROM review_comments WHERE id = ?', comment.id);
    emitReviewComment(request, 'deleted', pull, comment);
    return { status: 204 };
  },
});
