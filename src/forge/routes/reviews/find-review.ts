import { notFound } from '../../server/api-error.ts';
import type { RepositoryRequest } from '../../server/operation.ts';
import { findIssueById } from '../../store/issues.ts';
import type { IssueRow, ReviewCommentRow, ReviewRow } from '../../store/rows.ts';
import { idParam, pullOf } from '../find-in-request.ts';

/** The review comment that the path names, with its pull request. @throws ApiError 404 */
export function reviewCommentOf(request: RepositoryRequest): {
  readonly pull: IssueRow;
  readonly comment: ReviewCommentRow;
} {
  const { store } = request.context;
  const comment = store.one<ReviewCommentRow>(
    'SELECT * FROM review_comments WHERE id = ?',
    idParam(request, 'comment_id'),
  );
  const pull = comment === undefined ? undefined : findIssueById(store, comment.issue_id);
  if (comment === undefined || pull?.repository_id !== request.repository.id) throw notFound();
  return { pull, comment };
}

/** The review that the path names; a pending one is seen by its author alone. @throws ApiError 404 */
export function reviewOf(request: RepositoryRequest): {
  readonly pull: IssueRow;
  readonly review: ReviewRow;
} {
  const pull = pullOf(request);
  const review = request.context.store.one<ReviewRow>(
    'SELECT * FROM reviews WHERE id = ? AND issue_id = ?',
    idParam(request, 'review_id'),
    pull.id,
  );
  if (review === undefined || !maySee(request, review)) throw notFound();
  return { pull, review };
}

export function maySee(request: RepositoryRequest, review: ReviewRow): boolean {
  const { actor } = request;
  if (review.state !== 'PENDING') return true;
  return (actor.kind === 'user' || actor.kind === 'installation') && actor.user.id === review.user_id;
}
