import { listAssignees } from '../store/issues.ts';
import { findRepositoryById } from '../store/repositories.ts';
import type { IssueRow, RepositoryRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { renderAppOf } from './app.ts';
import { authorAssociation } from './author-association.ts';
import { type IssueFacts, issueFacts, tally } from './issue-facts.ts';
import { renderIssueLabels } from './label.ts';
import { renderReactions } from './reaction.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { renderUser, renderUserById } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `issue`; a pull request seen as an issue carries `pull_request` and `draft`. */
export function renderIssue(view: View, repository: RepositoryRow, issue: IssueRow): Json {
  const repositoryAddress = repositoryUrl(view, repository);
  const url = `${repositoryAddress}/issues/${issue.number}`;
  const facts = issueFacts(view.store, issue.id);
  const assigned = facts.assignees === 0 ? [] : listAssignees(view.store, issue.id);
  const assignees = assigned.map((user) => renderUser(view, user));
  return {
    url,
    repository_url: repositoryAddress,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issuePage(view, repository, issue),
    id: issue.id,
    node_id: nodeId(issue.is_pull === 1 ? 'PullRequest' : 'Issue', issue.id),
    number: issue.number,
    title: issue.title,
    user: renderUser(view, findUserById(view.store, issue.user_id)),
    labels: facts.labels === 0 ? [] : renderIssueLabels(view, repositoryAddress, issue.id),
    state: issue.state,
    locked: issue.locked === 1,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: issue.comments,
    created_at: issue.created_at,
    updated_at: issue.updated_at,
    closed_at: issue.closed_at,
    author_association: authorAssociation(view.store, repository, issue.user_id),
    active_lock_reason: issue.lock_reason,
    body: issue.body,
    closed_by: renderUserById(view, issue.closed_by),
    reactions: renderReactions(view, 'issue', issue.id, `${url}/reactions`, facts.reactions > 0),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: issue.via_app === 1 ? renderAppOf(view, issue.user_id) : null,
    state_reason: issue.state_reason,
    ...(issue.is_pull === 1 ? pullPart(view, repository, issue) : relations(view, issue, facts)),
  };
}

export function issuePage(view: View, repository: RepositoryRow, issue: IssueRow): string {
  return `${repositoryPage(view, repository)}/${issue.is_pull === 1 ? 'pull' : 'issues'}/${issue.number}`;
}

function pullPart(view: View, repository: RepositoryRow, issue: IssueRow): Json {
  const page = issuePage(view, repository, issue);
  const pull = view.store.one<{ draft: number; merged_at: string | null }>(
    'SELECT draft, merged_at FROM pulls WHERE issue_id = ?',
    issue.id,
  );
  return {
    draft: pull?.draft === 1,
    pull_request: {
      url: `${repositoryUrl(view, repository)}/pulls/${issue.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull?.merged_at ?? null,
    },
  };
}

function relations(view: View, issue: IssueRow, facts: IssueFacts): Json {
  const children = tally(view.store, facts, 'children', issue.id);
  const blockers = tally(view.store, facts, 'blockers', issue.id);
  const blocked = tally(view.store, facts, 'blocked', issue.id);
  const completed = children.total - children.open;
  return {
    sub_issues_summary: {
      total: children.total,
      completed,
      percent_completed: children.total === 0 ? 0 : Math.floor((100 * completed) / children.total),
    },
    issue_dependencies_summary: {
      blocked_by: blockers.open,
      total_blocked_by: blockers.total,
      blocking: blocked.open,
      total_blocking: blocked.total,
    },
    ...(issue.parent_id === null ? {} : { parent_issue_url: parentUrl(view, issue.parent_id) }),
  };
}

function parentUrl(view: View, parentId: number): string {
  const parent = view.store.one<IssueRow>('SELECT * FROM issues WHERE id = ?', parentId);
  if (parent === undefined) throw new Error(`issue ${parentId} is a parent and is gone`);
  const repository = findRepositoryById(view.store, parent.repository_id);
  return `${repositoryUrl(view, repository)}/issues/${parent.number}`;
}
