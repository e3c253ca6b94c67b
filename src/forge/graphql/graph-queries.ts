import { callerName } from '../limits/caller-name.ts';
import { findIssueById } from '../store/issues.ts';
import {
  findRedirect,
  findRepository,
  findRepositoryById,
  findRepositoryWithId,
} from '../store/repositories.ts';
import { admitTo, type GraphCall, parseNodeId, writerOf } from './graph-call.ts';
import { graphError } from './graph-error.ts';
import { graphIssue, graphPull, graphRepository, graphUser } from './graph-objects.ts';

export const queries = {
  viewer: (_: unknown, call: GraphCall) => {
    const { user } = writerOf(call);
    return { ...graphUser(call, user), __typename: 'User', login: user.login };
  },

  repository: ({ owner, name }: { owner: string; name: string }, call: GraphCall) => {
    const { store } = call.context;
    const repository = findRepository(store, owner, name) ?? findRedirect(store, owner, name);
    const missing = `Could not resolve to a Repository with the name '${owner}/${name}'.`;
    if (repository === undefined) throw graphError('NOT_FOUND', missing);
    admitTo(call, repository, 'metadata=read', 'read', false);
    return graphRepository(call, repository);
  },

  node: ({ id }: { id: string }, call: GraphCall) => {
    const { store } = call.context;
    const named = parseNodeId(id);
    if (named?.type === 'Repository') {
      const repository = findRepositoryWithId(store, named.key);
      if (repository === undefined) return null;
      admitTo(call, repository, 'metadata=read', 'read', false);
      return graphRepository(call, repository);
    }
    const issue = named === undefined ? undefined : findIssueById(store, named.key);
    if (issue === undefined || (named?.type !== 'Issue' && named?.type !== 'PullRequest')) return null;
    const repository = findRepositoryById(store, issue.repository_id);
    admitTo(call, repository, 'issues=read; pull_requests=read', 'read', false);
    return issue.is_pull === 1 ? graphPull(call, repository, issue) : graphIssue(call, repository, issue);
  },

  rateLimit: (_: unknown, call: GraphCall) => {
    const { limit, used, remaining, reset } = call.context.limits.allowance(
      `${callerName(call.actor)} graphql`,
    );
    return { limit, used, remaining, cost: 1, resetAt: new Date(reset * 1000).toISOString() };
  },
};
