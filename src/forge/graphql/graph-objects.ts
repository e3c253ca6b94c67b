import { issuePage } from '../render/issue.ts';
import { repositoryFullName, repositoryPage } from '../render/repository.ts';
import { nodeId } from '../render/view.ts';
import { findAutoMerge } from '../store/auto-merges.ts';
import { findIssue, findIssueById, findPull } from '../store/issues.ts';
import { findRepositoryById } from '../store/repositories.ts';
import type { IssueRow, RepositoryRow, UserRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { admitTo, type GraphCall } from './graph-call.ts';

/** Objects as the GraphQL library resolves them: fields that cost something are functions. */
type GraphObject = Readonly<Record<string, unknown>>;

export function graphUser(call: GraphCall, user: UserRow): GraphObject {
  return {
    __typename: user.type,
    id: nodeId(user.type, user.id),
    databaseId: user.id,
    login: user.login.replace(/\[bot\]$/, ''),
    url: `${call.view.html}/${user.type === 'Bot' ? 'apps/' : ''}${user.login.replace(/\[bot\]$/, '')}`,
  };
}

export function graphRepository(call: GraphCall, repository: RepositoryRow): GraphObject {
  const { store } = call.context;
  const numbered = (number: number, isPull: 0 | 1) => {
    const permission = isPull === 1 ? 'pull_requests=read' : 'issues=read';
    admitTo(call, repository, permission, 'read', false);
    const issue = findIssue(store, repository.id, number);
    return issue?.is_pull === isPull ? issue : undefined;
  };
  return {
    __typename: 'Repository',
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repositoryFullName(call.view, repository),
    url: repositoryPage(call.view, repository),
    isPrivate: repository.private === 1,
    issue: ({ number }: { number: number }) => {
      const issue = numbered(number, 0);
      return issue === undefined ? null : graphIssue(call, repository, issue);
    },
    pullRequest: ({ number }: { number: number }) => {
      const issue = numbered(number, 1);
      return issue === undefined ? null : graphPull(call, repository, issue);
    },
  };
}

function common(call: GraphCall, repository: RepositoryRow, issue: IssueRow): GraphObject {
  return {
    databaseId: issue.id,
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    url: issuePage(call.view, repository, issue),
    createdAt: issue.created_at,
    author: () => graphUser(call, findUserById(call.context.store, issue.user_id)),
    repository: () => graphRepository(call, repository),
  };
}

export function graphIssue(call: GraphCall, repository: RepositoryRow, issue: IssueRow): GraphObject {
  const { store } = call.context;
  return {
    ...common(call, repository, issue),
    __typename: 'Issue',
    id: nodeId('Issue', issue.id),
    state: issue.state.toUpperCase(),
    parent: () => {
      const parent = issue.parent_id === null ? undefined : findIssueById(store, issue.parent_id);
      return parent === undefined
        ? null
        : graphIssue(call, findRepositoryById(store, parent.repository_id), parent);
    },
  };
}

export function graphPull(call: GraphCall, repository: RepositoryRow, issue: IssueRow): GraphObject {
  const pull = findPull(call.context.store, issue.id);
  return {
    ...common(call, repository, issue),
    __typename: 'PullRequest',
    id: nodeId('PullRequest', issue.id),
    state: pull.merged_at === null ? issue.state.toUpperCase() : 'MERGED',
    isDraft: pull.draft === 1,
    merged: pull.merged_at !== null,
    headRefName: pull.head_ref,
    headRefOid: pull.head_sha,
    baseRefName: pull.base_ref,
    autoMergeRequest: () => {
      const asked = findAutoMerge(call.context.store, issue.id);
      if (asked === undefined) return null;
      return {
        commitHeadline: asked.title,
        commitBody: asked.message,
        enabledAt: asked.enabled_at,
        enabledBy: graphUser(call, findUserById(call.context.store, asked.user_id)),
        mergeMethod: asked.method.toUpperCase(),
      };
    },
  };
}
