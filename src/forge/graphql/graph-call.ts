import type { Actor, WritingActor } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import type { ForgeContext } from '../context.ts';
import type { CollaboratorLevel } from '../forge.ts';
import type { View } from '../render/view.ts';
import { ApiError } from '../server/api-error.ts';
import { findIssueById } from '../store/issues.ts';
import { findRepositoryById, findRepositoryWithId } from '../store/repositories.ts';
import type { IssueRow, RepositoryRow } from '../store/rows.ts';
import { graphError } from './graph-error.ts';

/** One GraphQL request: who asks, and the addresses that it sees. */
export interface GraphCall {
  readonly context: ForgeContext;
  readonly view: View;
  readonly actor: Actor;
}

/** What a node id names; undefined where it is none. */
export function parseNodeId(id: string): { readonly type: string; readonly key: number } | undefined {
  const text = Buffer.from(id, 'base64').toString();
  const [, length = '', rest = ''] = /^0(\d+):(.+)$/.exec(text) ?? [];
  const type = rest.slice(0, Number(length));
  const key = rest.slice(Number(length));
  return /^\d{1,15}$/.test(key) ? { type, key: Number(key) } : undefined;
}

/** @throws GraphQLError NOT_FOUND or FORBIDDEN where the caller may not. */
export function admitTo(
  call: GraphCall,
  repository: RepositoryRow,
  permission: string,
  level: CollaboratorLevel,
  writes: boolean,
): void {
  try {
    authorize(call.context.store, call.actor, repository, { permission, level, writes });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw graphError(error.status === 404 ? 'NOT_FOUND' : 'FORBIDDEN', error.message);
  }
}

/** @throws GraphQLError FORBIDDEN where nobody is behind the request. */
export function writerOf(call: GraphCall): WritingActor {
  const { actor } = call;
  if (actor.kind === 'user' || actor.kind === 'installation') return actor;
  throw graphError('FORBIDDEN', 'Resource not accessible');
}

/** The issue or pull request with a node id, and its repository. @throws GraphQLError NOT_FOUND */
export function issueOfNode(
  call: GraphCall,
  id: string,
  type: 'Issue' | 'PullRequest',
): { readonly issue: IssueRow; readonly repository: RepositoryRow } {
  const named = parseNodeId(id);
  const issue = named?.type === type ? findIssueById(call.context.store, named.key) : undefined;
  if (issue === undefined)
    throw graphError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  return { issue, repository: findRepositoryById(call.context.store, issue.repository_id) };
}

/** @throws GraphQLError NOT_FOUND */
export function repositoryOfNode(call: GraphCall, id: string): RepositoryRow {
  const named = parseNodeId(id);
  const repository =
    named?.type === 'Repository' ? findRepositoryWithId(call.context.store, named.key) : undefined;
  if (repository === undefined)
    throw graphError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  return repository;
}
