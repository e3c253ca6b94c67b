import type { CommentRow, IssueRow, RepositoryRow } from '../store/rows.ts';
import { renderAppOf } from './app.ts';
import { authorAssociation } from './author-association.ts';
import { issuePage } from './issue.ts';
import { renderReactions } from './reaction.ts';
import { repositoryUrl } from './repository.ts';
import { renderUserById } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `issue-comment`. */
export function renderComment(
  view: View,
  repository: RepositoryRow,
  issue: IssueRow,
  comment: CommentRow,
): Json {
  const base = repositoryUrl(view, repository);
  const url = `${base}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issuePage(view, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: `${base}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    user: renderUserById(view, comment.user_id),
    created_at: comment.created_at,
    updated_at: comment.updated_at,
    author_association: authorAssociation(view.store, repository, comment.user_id),
    body: comment.body,
    reactions: renderReactions(view, 'comment', comment.id, `${url}/reactions`),
    performed_via_github_app: comment.via_app === 1 ? renderAppOf(view, comment.user_id) : null,
  };
}
