import { now } from '../context.ts';
import { renderIssue } from '../render/issue.ts';
import { repositoryFullName } from '../render/repository.ts';
import { operations } from '../routes/operations.ts';
import { ApiError } from '../server/api-error.ts';
import { performAs } from '../server/perform.ts';
import { Router } from '../server/router.ts';
import { findIssueById } from '../store/issues.ts';
import type { LabelRow, RepositoryRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { emit } from '../webhooks/emit.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';
import { disablePullRequestAutoMerge, enablePullRequestAutoMerge } from './auto-merge.ts';
import {
  admitTo,
  type GraphCall,
  issueOfNode,
  parseNodeId,
  repositoryOfNode,
  writerOf,
} from './graph-call.ts';
import { graphError } from './graph-error.ts';
import { graphIssue, graphPull, graphRepository } from './graph-objects.ts';
import { transferIssue } from './transfer-issue.ts';

const router = new Router(operations);

interface Input<Fields> {
  readonly input: Fields & { readonly clientMutationId?: string | null };
}

interface CreateIssueFields {
  readonly repositoryId: string;
  readonly title: string;
  readonly body?: string | null;
  readonly labelIds?: readonly string[] | null;
  readonly assigneeIds?: readonly string[] | null;
  readonly parentIssueId?: string | null;
}

/** Performs a REST operation for a mutation. @throws GraphQLError with what REST would refuse */
async function perform(
  call: GraphCall,
  repository: RepositoryRow,
  tail: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const path = `/repos/${repositoryFullName(call.view, repository)}${tail}`;
  try {
    const reply = await performAs(call.context, router, writerOf(call), 'POST', path, body);
    return reply.body as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const type = error.status === 404 ? 'NOT_FOUND' : error.status === 403 ? 'FORBIDDEN' : 'UNPROCESSABLE';
    throw graphError(type, error.message);
  }
}

/**
 * Creates an issue and, where it is told, makes it a sub-issue in the same call. A parent that takes no more refuses
 * the mutation, and the issue stays without it.
 */
async function createIssue({ input }: Input<CreateIssueFields>, call: GraphCall): Promise<unknown> {
  const { store } = call.context;
  const repository = repositoryOfNode(call, input.repositoryId);
  const parent = input.parentIssueId == null ? undefined : issueOfNode(call, input.parentIssueId, 'Issue');
  const labels = (input.labelIds ?? []).map((id) => {
    const row = store.one<LabelRow>('SELECT * FROM labels WHERE id = ?', parseNodeId(id)?.key ?? 0);
    if (row?.repository_id !== repository.id)
      throw graphError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
    return row.name;
  });
  const assignees = (input.assigneeIds ?? []).map(
    (id) => findUserById(store, parseNodeId(id)?.key ?? 0).login,
  );
  const made = await perform(call, repository, '/issues', {
    title: input.title,
    body: input.body ?? null,
    labels,
    assignees,
  });
  if (parent !== undefined) {
    const tail = `/issues/${parent.issue.number}/sub_issues`;
    await perform(call, parent.repository, tail, { sub_issue_id: made.id });
  }
  const issue = findIssueById(store, Number(made.id));
  if (issue === undefined) throw new Error('an issue that was just stored is gone');
  return { clientMutationId: input.clientMutationId, issue: graphIssue(call, repository, issue) };
}

function deleteIssue({ input }: Input<{ readonly issueId: string }>, call: GraphCall): unknown {
  const { context } = call;
  const { issue, repository } = issueOfNode(call, input.issueId, 'Issue');
  admitTo(call, repository, 'issues=write', 'admin', true);
  const rendered = renderIssue(context.view, repository, issue);
  context.store.transaction(() => {
    if (issue.state === 'open') {
      context.store.run('UPDATE repositories SET open_issues = open_issues - 1 WHERE id = ?', repository.id);
    }
    context.store.run('DELETE FROM issues WHERE id = ?', issue.id);
    emit(context, repository, writerOf(call).user, 'issues', { action: 'deleted', issue: rendered });
  });
  return { clientMutationId: input.clientMutationId, repository: graphRepository(call, repository) };
}

function setDraft(
  draft: boolean,
): (given: Input<{ readonly pullRequestId: string }>, call: GraphCall) => unknown {
  return ({ input }, call) => {
    const { context } = call;
    const { issue, repository } = issueOfNode(call, input.pullRequestId, 'PullRequest');
    admitTo(call, repository, 'pull_requests=write', 'write', true);
    const { changes } = context.store.run(
      'UPDATE pulls SET draft = ? WHERE issue_id = ? AND draft = ?',
      draft ? 1 : 0,
      issue.id,
      draft ? 0 : 1,
    );
    context.store.run('UPDATE issues SET updated_at = ? WHERE id = ?', now(context), issue.id);
    const action = draft ? 'converted_to_draft' : 'ready_for_review';
    if (changes === 1) emitIssue(context, repository, issue.id, action, writerOf(call).user);
    return { clientMutationId: input.clientMutationId, pullRequest: graphPull(call, repository, issue) };
  };
}

export const mutations = {
  createIssue,
  deleteIssue,
  transferIssue,
  markPullRequestReadyForReview: setDraft(false),
  convertPullRequestToDraft: setDraft(true),
  enablePullRequestAutoMerge,
  disablePullRequestAutoMerge,
};
