import { notFound } from '../server/api-error.ts';
import type { RepositoryRequest } from '../server/operation.ts';
import { findIssue } from '../store/issues.ts';
import type { CommentRow, IssueRow } from '../store/rows.ts';

/** A positive integer from the path. @throws ApiError 404 where it is none. */
export function idParam(request: Pick<RepositoryRequest, 'params'>, name: string): number {
  const text = request.params[name] ?? '';
  if (!/^[1-9]\d{0,15}$/.test(text)) throw notFound();
  return Number(text);
}

/** The issue or pull request that the path numbers. @throws ApiError 404 */
export function issueOf(request: RepositoryRequest): IssueRow {
  const issue = findIssue(request.context.store, request.repository.id, idParam(request, 'issue_number'));
  if (issue === undefined) throw notFound();
  return issue;
}

/** The pull request that the path numbers. @throws ApiError 404 */
export function pullOf(request: RepositoryRequest): IssueRow {
  const issue = findIssue(request.context.store, request.repository.id, idParam(request, 'pull_number'));
  if (issue === undefined || issue.is_pull === 0) throw notFound();
  return issue;
}

/** The issue comment that the path names, with its issue. @throws ApiError 404 */
export function commentOf(request: RepositoryRequest): {
  readonly issue: IssueRow;
  readonly comment: CommentRow;
} {
  const { store } = request.context;
  const comment = store.one<CommentRow>(
    'SELECT * FROM comments WHERE id = ?',
    idParam(request, 'comment_id'),
  );
  const issue =
    comment === undefined
      ? undefined
      : store.one<IssueRow>('SELECT * FROM issues WHERE id = ?', comment.issue_id);
  if (comment === undefined || issue === undefined || issue.repository_id !== request.repository.id)
    throw notFound();
  return { issue, comment };
}
