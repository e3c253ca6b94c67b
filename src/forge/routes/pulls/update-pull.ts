import { z } from 'zod';
import { now } from '../../context.ts';
import { changeIssueState } from '../../effects/change-issue-state.ts';
import { measurePull } from '../../effects/measure-pull.ts';
import { branchHead } from '../../git/refs.ts';
import { renderPull } from '../../render/pull.ts';
import { validationFailed } from '../../server/api-error.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import { findPull } from '../../store/issues.ts';
import type { IssueRow } from '../../store/rows.ts';
import { emitIssue } from '../../webhooks/emit-issue.ts';
import { bareOf } from '../bare-repository.ts';
import { pullOf } from '../find-in-request.ts';
import { mustOwnOrHave } from '../mutate-rights.ts';
import { checkBody, checkTitle } from '../text-limits.ts';
import { mergeability } from './mergeability.ts';

const body = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
  maintainer_can_modify: z.boolean().optional(),
});

type Change = WriteRequest<z.infer<typeof body>>;

export const updatePull = write({
  method: 'PATCH',
  path: '/pulls/{pull_number}',
  operationId: 'pulls/update',
  permission: 'pull_requests=write',
  level: 'read',
  body,
  handle: async (request) => {
    const { context, repository, view, body: given } = request;
    const issue = pullOf(request);
    mustOwnOrHave(request, issue.user_id, 'triage');
    if (given.title !== undefined) checkTitle('PullRequest', given.title);
    checkBody('PullRequest', given.body);
    await edit(request, issue);
    await changeState(request, issue);
    const after = pullOf(request);
    return { status: 200, body: renderPull(view, repository, after, await mergeability(context, after)) };
  },
});

async function edit(request: Change, issue: IssueRow): Promise<void> {
  const { context, repository, actor, body: given } = request;
  const pull = findPull(context.store, issue.id);
  const changes: Record<string, unknown> = {};
  if (given.title !== undefined && given.title !== issue.title) changes.title = { from: issue.title };
  if (given.body !== undefined && given.body !== issue.body) changes.body = { from: issue.body ?? '' };
  if (given.base !== undefined && given.base !== pull.base_ref) {
    if ((await branchHead(bareOf(request), given.base)) === undefined) {
      throw validationFailed({ resource: 'PullRequest', field: 'base', code: 'invalid' });
    }
    changes.base = { ref: { from: pull.base_ref }, sha: { from: pull.base_sha } };
    context.store.run('UPDATE pulls SET base_ref = ? WHERE issue_id = ?', given.base, issue.id);
    await measurePull(context, bareOf(request), { ...pull, base_ref: given.base });
  }
  if (Object.keys(changes).length === 0) return;
  context.store.run(
    'UPDATE issues SET title = ?, body = ?, updated_at = ? WHERE id = ?',
    given.title ?? issue.title,
    given.body === undefined ? issue.body : given.body,
    now(context),
    issue.id,
  );
  emitIssue(context, repository, issue.id, 'edited', actor.user, { changes });
}

async function changeState(request: Change, issue: IssueRow): Promise<void> {
  const { context, repository, actor, body: given } = request;
  if (given.state === undefined || given.state === issue.state) return;
  const pull = findPull(context.store, issue.id);
  if (given.state === 'open') {
    const refuse = (message: string) =>
      validationFailed({ resource: 'PullRequest', code: 'custom', field: 'state', message });
    if (pull.merged_at !== null) throw refuse('state cannot be changed. The pull request has been merged.');
    const head = await branchHead(bareOf(request), pull.head_ref);
    if (head === undefined) {
      throw refuse(`state cannot be changed. The ${pull.head_ref} branch has been deleted.`);
    }
    context.store.run('UPDATE pulls SET head_sha = ? WHERE issue_id = ?', head, issue.id);
    await measurePull(context, bareOf(request), { ...pull, head_sha: head });
  }
  changeIssueState(context, repository, issue, { state: given.state, reason: null }, actor.user);
}
