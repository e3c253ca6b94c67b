import type { IssueRow, RepositoryRow, ReviewCommentRow, ReviewRow } from '../store/rows.ts';
import { authorAssociation } from './author-association.ts';
import { renderReactions } from './reaction.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { renderUserById } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `pull-request-review`. */
export function renderReview(
  view: View,
  repository: RepositoryRow,
  issue: IssueRow,
  review: ReviewRow,
): Json {
  const pull = `${repositoryUrl(view, repository)}/pulls/${issue.number}`;
  const page = `${repositoryPage(view, repository)}/pull/${issue.number}#pullrequestreview-${review.id}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: renderUserById(view, review.user_id),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pull,
    author_association: authorAssociation(view.store, repository, review.user_id),
    _links: { html: { href: page }, pull_request: { href: pull } },
    ...(review.submitted_at === null ? {} : { submitted_at: review.submitted_at }),
    commit_id: review.commit_id,
  };
}

/** GitHub's `pull-request-review-comment`. */
export function renderReviewComment(
  view: View,
  repository: RepositoryRow,
  issue: IssueRow,
  comment: ReviewCommentRow,
): Json {
  const base = repositoryUrl(view, repository);
  const url = `${base}/pulls/comments/${comment.id}`;
  const pull = `${base}/pulls/${issue.number}`;
  const page = `${repositoryPage(view, repository)}/pull/${issue.number}#discussion_r${comment.id}`;
  return {
    url,
    pull_request_review_id: comment.review_id,
    id: comment.id,
    node_id: nodeId('PullRequestReviewComment', comment.id),
    diff_hunk: comment.diff_hunk,
    path: comment.path,
    commit_id: comment.commit_id,
    original_commit_id: comment.commit_id,
    user: renderUserById(view, comment.user_id),
    body: comment.body,
    created_at: comment.created_at,
    updated_at: comment.updated_at,
    html_url: page,
    pull_request_url: pull,
    author_association: authorAssociation(view.store, repository, comment.user_id),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pull } },
    reactions: renderReactions(view, 'review_comment', comment.id, `${url}/reactions`),
    start_line: comment.start_line,
    original_start_line: comment.start_line,
    start_side: comment.start_side,
    ...(comment.line === null ? {} : { line: comment.line, original_line: comment.line }),
    side: comment.side,
    position: comment.position,
    original_position: comment.position,
    subject_type: comment.subject_type,
    ...(comment.in_reply_to === null ? {} : { in_reply_to_id: comment.in_reply_to }),
  };
}
