import { findAutoMerge } from '../store/auto-merges.ts';
import { findIssueById, findPull, listAssignees } from '../store/issues.ts';
import type { IssueRow, PullRow, RepositoryRow, UserRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { authorAssociation } from './author-association.ts';
import { renderIssueLabels } from './label.ts';
import { renderRepository, repositoryPage, repositoryUrl } from './repository.ts';
import { renderUser, renderUserById } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

/** Whether a pull request merges; `null` and `unknown` where it was not computed, as in webhooks. */
export interface Mergeability {
  readonly mergeable: boolean | null;
  readonly state: 'unknown' | 'clean' | 'dirty' | 'draft' | 'blocked' | 'unstable';
}

const unknown: Mergeability = { mergeable: null, state: 'unknown' };

/** GitHub's `pull-request` with all its counts. */
export function renderPull(
  view: View,
  repository: RepositoryRow,
  issue: IssueRow,
  mergeability: Mergeability = unknown,
): Json {
  const pull = findPull(view.store, issue.id);
  const reviewComments = view.store.count(
    'SELECT count(*) FROM review_comments WHERE issue_id = ?',
    issue.id,
  );
  return {
    ...renderPullSummary(view, repository, issue, pull),
    merged: pull.merged_at !== null,
    mergeable: mergeability.mergeable,
    rebaseable: mergeability.mergeable,
    mergeable_state: mergeability.state,
    merged_by: renderUserById(view, pull.merged_by),
    comments: issue.comments,
    review_comments: reviewComments,
    maintainer_can_modify: pull.maintainer_can_modify === 1,
    commits: pull.commits,
    additions: pull.additions,
    deletions: pull.deletions,
    changed_files: pull.changed_files,
  };
}

/** GitHub's `pull-request-simple`, as lists and reviews show it. */
export function renderPullSummary(
  view: View,
  repository: RepositoryRow,
  issue: IssueRow,
  pull: PullRow = findPull(view.store, issue.id),
): Json {
  const base = repositoryUrl(view, repository);
  const assignees = listAssignees(view.store, issue.id).map((user) => renderUser(view, user));
  const page = `${repositoryPage(view, repository)}/pull/${issue.number}`;
  const rendered = renderRepository(view, repository);
  const owner = findUserById(view.store, repository.owner_id);
  const side = (ref: string, sha: string): Json => ({
    label: `${owner.login}:${ref}`,
    ref,
    sha,
    user: renderUser(view, owner),
    repo: rendered,
  });
  return {
    ...addresses(base, page, issue.number, pull.head_sha),
    id: issue.id,
    node_id: nodeId('PullRequest', issue.id),
    number: issue.number,
    state: issue.state,
    locked: issue.locked === 1,
    title: issue.title,
    user: renderUser(view, findUserById(view.store, issue.user_id)),
    body: issue.body,
    created_at: issue.created_at,
    updated_at: issue.updated_at,
    closed_at: issue.closed_at,
    merged_at: pull.merged_at,
    merge_commit_sha: pull.merge_commit_sha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: requestedReviewers(view, issue.id).map((user) => renderUser(view, user)),
    requested_teams: [],
    labels: renderIssueLabels(view, base, issue.id),
    milestone: null,
    draft: pull.draft === 1,
    head: side(pull.head_ref, pull.head_sha),
    base: side(pull.base_ref, pull.base_sha),
    author_association: authorAssociation(view.store, repository, issue.user_id),
    auto_merge: autoMerge(view, issue.id),
    active_lock_reason: issue.lock_reason,
  };
}

function autoMerge(view: View, issueId: number): Json | null {
  const asked = findAutoMerge(view.store, issueId);
  if (asked === undefined) return null;
  return {
    enabled_by: renderUser(view, findUserById(view.store, asked.user_id)),
    merge_method: asked.method,
    commit_title: asked.title,
    commit_message: asked.message,
  };
}

export function requestedReviewers(view: View, issueId: number): UserRow[] {
  return view.store.all<UserRow>(
    'SELECT users.* FROM requested_reviewers JOIN users ON users.id = user_id WHERE issue_id = ? ORDER BY users.id',
    issueId,
  );
}

/** GitHub's `pull-request-minimal`: the open pull requests whose head is this commit, as check runs name them. */
export function renderPullsOfCommit(view: View, repository: RepositoryRow, sha: string): Json[] {
  const pulls = view.store.all<PullRow>(
    `SELECT pulls.* FROM pulls JOIN issues ON issues.id = issue_id
     WHERE repository_id = ? AND state = 'open' AND head_sha = ? ORDER BY number`,
    repository.id,
    sha,
  );
  const repo = { id: repository.id, url: repositoryUrl(view, repository), name: repository.name };
  return pulls.map((pull) => {
    const number = findIssueById(view.store, pull.issue_id)?.number;
    return {
      id: pull.issue_id,
      number,
      url: `${repo.url}/pulls/${number}`,
      head: { ref: pull.head_ref, sha: pull.head_sha, repo },
      base: { ref: pull.base_ref, sha: pull.base_sha, repo },
    };
  });
}

function addresses(base: string, page: string, number: number, headSha: string): Json {
  const url = `${base}/pulls/${number}`;
  const issue = `${base}/issues/${number}`;
  const links = {
    self: url,
    html: page,
    issue,
    comments: `${issue}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${base}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${base}/statuses/${headSha}`,
  };
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: links.issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
  };
}
