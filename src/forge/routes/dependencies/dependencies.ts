import { z } from 'zod';
import { now } from '../../context.ts';
import { renderIssue } from '../../render/issue.ts';
import { renderRepository } from '../../render/repository.ts';
import { notFound, validationFailed } from '../../server/api-error.ts';
import {
  type Reply,
  type RepositoryRequest,
  read,
  type WriteRequest,
  write,
} from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { findIssueById, touchIssue } from '../../store/issues.ts';
import { findRepositoryById } from '../../store/repositories.ts';
import type { IssueRow } from '../../store/rows.ts';
import { emit } from '../../webhooks/emit.ts';
import { idParam, issueOf } from '../find-in-request.ts';

/** Most issues on either side of one issue's dependencies, as on GitHub. */
const most = 50;
const access = { permission: 'issues=write', level: 'triage' } as const;

function listOf(request: RepositoryRequest, sql: string): Reply {
  const { context, view } = request;
  const rows = context.store.all<IssueRow>(sql, issueOf(request).id);
  return listReply(request, rows, (row) =>
    renderIssue(view, findRepositoryById(context.store, row.repository_id), row),
  );
}

export const listBlockedBy = read({
  path: '/issues/{issue_number}/dependencies/blocked_by',
  operationId: 'issues/list-dependencies-blocked-by',
  permission: 'issues=read',
  handle: (request) =>
    listOf(
      request,
      'SELECT issues.* FROM dependencies JOIN issues ON issues.id = blocked_by_id WHERE issue_id = ? ORDER BY issues.id',
    ),
});

export const listBlocking = read({
  path: '/issues/{issue_number}/dependencies/blocking',
  operationId: 'issues/list-dependencies-blocking',
  permission: 'issues=read',
  handle: (request) =>
    listOf(
      request,
      'SELECT issues.* FROM dependencies JOIN issues ON issues.id = issue_id WHERE blocked_by_id = ? ORDER BY issues.id',
    ),
});

export const addBlockedBy = write({
  ...access,
  method: 'POST',
  path: '/issues/{issue_number}/dependencies/blocked_by',
  operationId: 'issues/add-blocked-by-dependency',
  body: z.object({ issue_id: z.int() }),
  handle: (request) => {
    const { context, repository, view, body } = request;
    const issue = issueOf(request);
    const blocker = findIssueById(context.store, body.issue_id);
    if (blocker === undefined || blocker.is_pull === 1) throw notFound();
    check(request, issue, blocker);
    context.store.transaction(() => {
      context.store.run(
        'INSERT INTO dependencies (issue_id, blocked_by_id) VALUES (?, ?)',
        issue.id,
        blocker.id,
      );
      touchIssue(context.store, issue.id, now(context));
      emitDependency(request, 'added', issue.id, blocker.id);
    });
    return { status: 201, body: renderIssue(view, repository, issueOf(request)) };
  },
});

export const removeBlockedBy = write({
  ...access,
  method: 'DELETE',
  path: '/issues/{issue_number}/dependencies/blocked_by/{issue_id}',
  operationId: 'issues/remove-dependency-blocked-by',
  handle: (request) => {
    const { context, repository, view } = request;
    const issue = issueOf(request);
    const blockerId = idParam(request, 'issue_id');
    const { changes } = context.store.run(
      'DELETE FROM dependencies WHERE issue_id = ? AND blocked_by_id = ?',
      issue.id,
      blockerId,
    );
    if (changes === 0) throw notFound();
    touchIssue(context.store, issue.id, now(context));
    emitDependency(request, 'removed', issue.id, blockerId);
    return { status: 200, body: renderIssue(view, repository, issueOf(request)) };
  },
});

/** @throws ApiError 422 for itself, a duplicate, a cycle, or over the limits. */
function check(request: WriteRequest, issue: IssueRow, blocker: IssueRow): void {
  const { store } = request.context;
  const refuse = (message: string) =>
    validationFailed({ resource: 'Issue', code: 'custom', field: 'issue_id', message });
  if (issue.id === blocker.id) throw refuse('An issue cannot be blocked by itself');
  const known = store.count(
    'SELECT count(*) FROM dependencies WHERE issue_id = ? AND blocked_by_id = ?',
    issue.id,
    blocker.id,
  );
  if (known > 0) throw refuse('Target issue has already been taken');
  const circular = store.count(
    `WITH RECURSIVE above(id) AS (SELECT ? UNION SELECT blocked_by_id FROM dependencies JOIN above ON issue_id = above.id)
     SELECT count(*) FROM above WHERE id = ?`,
    blocker.id,
    issue.id,
  );
  if (circular > 0) throw refuse('Dependency would create a cycle');
  const over =
    store.count('SELECT count(*) FROM dependencies WHERE issue_id = ?', issue.id) >= most ||
    store.count('SELECT count(*) FROM dependencies WHERE blocked_by_id = ?', blocker.id) >= most;
  if (over) throw refuse(`An issue can have at most ${most} dependencies of a kind`);
}

function emitDependency(
  request: WriteRequest,
  change: 'added' | 'removed',
  blockedId: number,
  blockingId: number,
): void {
  const { context, actor } = request;
  const { store, view } = context;
  const blocked = findIssueById(store, blockedId);
  const blocking = findIssueById(store, blockingId);
  if (blocked === undefined || blocking === undefined) throw new Error('an end of a dependency is gone');
  const blockedRepository = findRepositoryById(store, blocked.repository_id);
  const blockingRepository = findRepositoryById(store, blocking.repository_id);
  const both = {
    blocked_issue_id: blocked.id,
    blocked_issue: renderIssue(view, blockedRepository, blocked),
    blocking_issue_id: blocking.id,
    blocking_issue: renderIssue(view, blockingRepository, blocking),
  };
  emit(context, blockedRepository, actor.user, 'issue_dependencies', {
    action: `blocked_by_${change}`,
    ...both,
    blocking_issue_repo: renderRepository(view, blockingRepository),
  });
  emit(context, blockingRepository, actor.user, 'issue_dependencies', {
    action: `blocking_${change}`,
    ...both,
    blocked_issue_repo: renderRepository(view, blockedRepository),
  });
}
