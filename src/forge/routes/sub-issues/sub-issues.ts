import { z } from 'zod';
import { now } from '../../context.ts';
import { renderIssue } from '../../render/issue.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { read, type WriteRequest, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { findIssueById, touchIssue } from '../../store/issues.ts';
import { findRepositoryById } from '../../store/repositories.ts';
import type { IssueRow } from '../../store/rows.ts';
import { issueOf } from '../find-in-request.ts';
import { checkSubIssue } from './check-sub-issue.ts';
import { emitSubIssue } from './emit-sub-issue.ts';

const access = { permission: 'issues=write', level: 'triage' } as const;

export const listSubIssues = read({
  path: '/issues/{issue_number}/sub_issues',
  operationId: 'issues/list-sub-issues',
  permission: 'issues=read',
  handle: (request) => {
    const { context, view } = request;
    const rows = context.store.all<IssueRow>(
      'SELECT * FROM issues WHERE parent_id = ? ORDER BY parent_position, id',
      issueOf(request).id,
    );
    return listReply(request, rows, (row) =>
      renderIssue(view, findRepositoryById(context.store, row.repository_id), row),
    );
  },
});

export const getParent = read({
  path: '/issues/{issue_number}/parent',
  operationId: 'issues/get-parent',
  permission: 'issues=read',
  handle: (request) => {
    const { context, view } = request;
    const { parent_id } = issueOf(request);
    const parent = parent_id === null ? undefined : findIssueById(context.store, parent_id);
    if (parent === undefined) throw notFound();
    const repository = findRepositoryById(context.store, parent.repository_id);
    return { status: 200, body: renderIssue(view, repository, parent) };
  },
});

export const addSubIssue = write({
  ...access,
  method: 'POST',
  path: '/issues/{issue_number}/sub_issues',
  operationId: 'issues/add-sub-issue',
  body: z.object({ sub_issue_id: z.int(), replace_parent: z.boolean().optional() }),
  handle: (request) => {
    const { context, repository, actor, view, body } = request;
    const parent = issueOf(request);
    const child = checkSubIssue(context, repository, parent, body.sub_issue_id, body.replace_parent === true);
    context.store.transaction(() => {
      if (child.parent_id !== null) unlink(request, child, child.parent_id);
      context.store.run(
        `UPDATE issues SET parent_id = ?, parent_position =
         (SELECT coalesce(max(parent_position), 0) + 1 FROM issues WHERE parent_id = ?) WHERE id = ?`,
        parent.id,
        parent.id,
        child.id,
      );
      touchIssue(context.store, parent.id, now(context));
      emitSubIssue(context, 'added', parent.id, child.id, actor.user);
    });
    return { status: 201, body: renderIssue(view, repository, issueOf(request)) };
  },
});

export const removeSubIssue = write({
  ...access,
  method: 'DELETE',
  path: '/issues/{issue_number}/sub_issue',
  operationId: 'issues/remove-sub-issue',
  body: z.object({ sub_issue_id: z.int() }),
  handle: (request) => {
    const { context, repository, view, body } = request;
    const parent = issueOf(request);
    const child = findIssueById(context.store, body.sub_issue_id);
    if (child?.parent_id !== parent.id) throw notFound();
    context.store.transaction(() => unlink(request, child, parent.id));
    return { status: 200, body: renderIssue(view, repository, issueOf(request)) };
  },
});

function unlink(request: WriteRequest, child: IssueRow, parentId: number): void {
  const { context, actor } = request;
  context.store.run('UPDATE issues SET parent_id = NULL, parent_position = NULL WHERE id = ?', child.id);
  touchIssue(context.store, parentId, now(context));
  emitSubIssue(context, 'removed', parentId, child.id, actor.user);
}

export const reprioritizeSubIssue = write({
  ...access,
  method: 'PATCH',
  path: '/issues/{issue_number}/sub_issues/priority',
  operationId: 'issues/reprioritize-sub-issue',
  body: z.object({ sub_issue_id: z.int(), after_id: z.int().optional(), before_id: z.int().optional() }),
  handle: (request) => {
    const { context, repository, view, body } = request;
    const parent = issueOf(request);
    const others = context.store
      .all<IssueRow>('SELECT * FROM issues WHERE parent_id = ? ORDER BY parent_position, id', parent.id)
      .map((row) => row.id)
      .filter((id) => id !== body.sub_issue_id);
    const anchor = body.after_id ?? body.before_id;
    const at = anchor === undefined ? -1 : others.indexOf(anchor);
    const both = body.after_id !== undefined && body.before_id !== undefined;
    if (at < 0 || both || findIssueById(context.store, body.sub_issue_id)?.parent_id !== parent.id) {
      throw new ApiError(422, 'Could not reprioritize sub-issue');
    }
    others.splice(body.after_id === undefined ? at : at + 1, 0, body.sub_issue_id);
    context.store.transaction(() => {
      for (const [position, id] of others.entries()) {
        context.store.run('UPDATE issues SET parent_position = ? WHERE id = ?', position, id);
      }
    });
    return { status: 200, body: renderIssue(view, repository, issueOf(request)) };
  },
});
