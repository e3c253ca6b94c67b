import { z } from 'zod';
import { now } from '../../context.ts';
import { renderPullSummary } from '../../render/pull.ts';
import { renderReviewComment } from '../../render/review.ts';
import type { Json } from '../../render/view.ts';
import type { ApiError } from '../../server/api-error.ts';
import type { WriteRequest } from '../../server/operation.ts';
import { findPull } from '../../store/issues.ts';
import type { IssueRow, ReviewCommentRow } from '../../store/rows.ts';
import { emit } from '../../webhooks/emit.ts';
import { bareOf } from '../bare-repository.ts';
import { checkBody } from '../text-limits.ts';
import { type Located, locateComment, type Unresolved } from './locate-comment.ts';

/** A review comment as bodies give it. */
export const commentBody = z.object({
  body: z.string(),
  path: z.string(),
  line: z.int().positive().optional(),
  side: z.enum(['LEFT', 'RIGHT']).optional(),
  start_line: z.int().positive().nullish(),
  start_side: z.enum(['LEFT', 'RIGHT', 'side']).nullish(),
  position: z.int().positive().optional(),
  subject_type: z.enum(['line', 'file']).optional(),
});

/** A comment that was found in the diff and may be stored. */
export interface PlacedComment {
  readonly given: z.infer<typeof commentBody>;
  readonly located: Located;
}

/**
 * Finds a comment's place.
 * @param refuse Makes the answer for a place that is not in the diff, which differs between operations.
 * @throws ApiError 422
 */
export async function placeComment(
  request: WriteRequest,
  pull: IssueRow,
  given: z.infer<typeof commentBody>,
  refuse: (part: Unresolved['part']) => ApiError,
): Promise<PlacedComment> {
  checkBody('PullRequestReviewComment', given.body);
  const row = findPull(request.context.store, pull.id);
  const located = await locateComment(bareOf(request), row, given);
  if (located.kind === 'unresolved') throw refuse(located.part);
  return { given, located };
}

export function storeComment(
  request: WriteRequest,
  pull: IssueRow,
  reviewId: number,
  { given, located }: PlacedComment,
): ReviewCommentRow {
  const { start_side } = given;
  const at = now(request.context);
  return insertComment(request, {
    issue_id: pull.id,
    review_id: reviewId,
    user_id: request.actor.user.id,
    body: given.body,
    path: given.path,
    commit_id: findPull(request.context.store, pull.id).head_sha,
    diff_hunk: located.hunk,
    position: located.position,
    line: located.line,
    side: located.side,
    start_line: given.start_line ?? null,
    start_side: start_side === 'LEFT' || start_side === 'RIGHT' ? start_side : null,
    subject_type: located.line === null ? 'file' : 'line',
    in_reply_to: null,
    created_at: at,
    updated_at: at,
  });
}

export function insertComment(request: WriteRequest, row: Omit<ReviewCommentRow, 'id'>): ReviewCommentRow {
  const { store } = request.context;
  const names = Object.keys(row);
  const { id } = store.run(
    `INSERT INTO review_comments (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(row),
  );
  return { ...row, id };
}

/** Queues `pull_request_review_comment.ACTION`. */
export function emitReviewComment(
  request: WriteRequest,
  action: 'created' | 'edited' | 'deleted',
  pull: IssueRow,
  comment: ReviewCommentRow,
  more: Json = {},
): void {
  const { context, repository, actor } = request;
  const rendered = renderReviewComment(context.view, repository, pull, comment);
  emit(context, repository, actor.user, 'pull_request_review_comment', {
    action,
    comment: { ...rendered, line: comment.line, original_line: comment.line },
    pull_request: renderPullSummary(context.view, repository, pull),
    ...more,
  });
}
