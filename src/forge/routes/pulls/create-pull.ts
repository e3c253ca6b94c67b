import { z } from 'zod';
import { now } from '../../context.ts';
import { measure } from '../../effects/measure-pull.ts';
import { mergeBase } from '../../git/diff.ts';
import { branchHead } from '../../git/refs.ts';
import { git } from '../../git/run-git.ts';
import { renderPull } from '../../render/pull.ts';
import { ApiError, validationFailed } from '../../server/api-error.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import { findIssue, findIssueById } from '../../store/issues.ts';
import { takeNumber } from '../../store/repositories.ts';
import type { IssueRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { emitIssue } from '../../webhooks/emit-issue.ts';
import { bareOf } from '../bare-repository.ts';
import { checkBody, checkTitle } from '../text-limits.ts';
import { mergeability } from './mergeability.ts';

const body = z.object({
  title: z.string().optional(),
  head: z.string(),
  base: z.string(),
  body: z.string().nullish(),
  draft: z.boolean().optional(),
  maintainer_can_modify: z.boolean().optional(),
  issue: z.int().optional(),
});

type Creation = WriteRequest<z.infer<typeof body>>;

export const createPull = write({
  method: 'POST',
  path: '/pulls',
  operationId: 'pulls/create',
  permission: 'pull_requests=write',
  level: 'read',
  body,
  handle: async (request) => {
    const { context, repository, view, body: given } = request;
    if (given.issue === undefined) checkTitle('PullRequest', given.title ?? '');
    checkBody('PullRequest', given.body);
    const head = headBranch(request);
    const tips = await checkBranches(request, head);
    const size = await measure(bareOf(request), tips.base, tips.head);
    const duplicate = context.store.count(
      `SELECT count(*) FROM pulls JOIN issues ON issues.id = issue_id
       WHERE repository_id = ? AND state = 'open' AND head_ref = ? AND base_ref = ?`,
      repository.id,
      head,
      given.base,
    );
    if (duplicate > 0) {
      const message = `A pull request already exists for ${ownerOf(request)}:${head}.`;
      throw validationFailed({ resource: 'PullRequest', code: 'custom', message });
    }
    const issue = context.store.transaction(() => insert(request, head, tips, size));
    await git(bareOf(request), ['update-ref', `refs/pull/${issue.number}/head`, tips.head]);
    emitIssue(context, repository, issue.id, 'opened', request.actor.user);
    const rendered = renderPull(view, repository, issue, await mergeability(context, issue));
    return { status: 201, body: rendered, headers: { location: String(rendered.url) } };
  },
});

function ownerOf(request: Creation): string {
  return findUserById(request.context.store, request.repository.owner_id).login;
}

/** The head branch, from `branch` or `owner:branch`; branches of other accounts can't exist here. */
function headBranch(request: Creation): string {
  const { head } = request.body;
  const [owner = '', branch] = head.split(':', 2);
  if (branch === undefined) return head;
  if (owner.toLowerCase() === ownerOf(request).toLowerCase()) return branch;
  throw validationFailed({ resource: 'PullRequest', field: 'head', code: 'invalid' });
}

interface Tips {
  readonly base: string;
  readonly head: string;
}

/** @throws ApiError 422 for a branch that isn't there, unrelated histories, or nothing to merge. */
async function checkBranches(request: Creation, headName: string): Promise<Tips> {
  const path = bareOf(request);
  const base = await branchHead(path, request.body.base);
  const head = await branchHead(path, headName);
  const invalid = (field: string) => validationFailed({ resource: 'PullRequest', field, code: 'invalid' });
  if (head === undefined) throw invalid('head');
  if (base === undefined) throw invalid('base');
  const custom = (message: string) => validationFailed({ resource: 'PullRequest', code: 'custom', message });
  const common = await mergeBase(path, base, head);
  if (common === undefined) {
    throw custom(`The ${headName} branch has no history in common with ${request.body.base}`);
  }
  if (common === head) throw custom(`No commits between ${request.body.base} and ${headName}`);
  return { base, head };
}

function insert(
  request: Creation,
  head: string,
  tips: Tips,
  size: Awaited<ReturnType<typeof measure>>,
): IssueRow {
  const { context, actor, body: given } = request;
  const id = given.issue === undefined ? insertIssue(request) : convertIssue(request, given.issue);
  context.store.run(
    `INSERT INTO pulls (issue_id, head_ref, head_sha, base_ref, base_sha, draft, maintainer_can_modify,
     additions, deletions, changed_files, commits) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    head,
    tips.head,
    given.base,
    tips.base,
    given.draft === true ? 1 : 0,
    given.maintainer_can_modify === true && actor.kind === 'user' ? 1 : 0,
    size.additions,
    size.deletions,
    size.changedFiles,
    size.commits,
  );
  const issue = findIssueById(context.store, id);
  if (issue === undefined) throw new Error('a pull request that was just stored is gone');
  return issue;
}

function insertIssue(request: Creation): number {
  const { context, repository, actor, body: given } = request;
  const at = now(context);
  return context.store.run(
    `INSERT INTO issues (repository_id, number, is_pull, title, body, state, user_id, via_app, created_at, updated_at)
     VALUES (?, ?, 1, ?, ?, 'open', ?, ?, ?, ?)`,
    repository.id,
    takeNumber(context.store, repository.id),
    given.title ?? '',
    given.body ?? null,
    actor.user.id,
    actor.kind === 'installation' ? 1 : 0,
    at,
    at,
  ).id;
}

/** Turns an open issue into a pull request. @throws ApiError 422 */
function convertIssue(request: Creation, number: number): number {
  const issue = findIssue(request.context.store, request.repository.id, number);
  if (issue === undefined || issue.is_pull === 1 || issue.state === 'closed') {
    throw new ApiError(422, 'Validation Failed', {
      errors: [{ resource: 'PullRequest', field: 'issue', code: 'invalid' }],
    });
  }
  request.context.store.run('UPDATE issues SET is_pull = 1, state_reason = NULL WHERE id = ?', issue.id);
  return issue.id;
}
