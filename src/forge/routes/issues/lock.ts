import { z } from 'zod';
import { now } from '../../context.ts';
import { write } from '../../server/operation.ts';
import { emitIssue } from '../../webhooks/emit-issue.ts';
import { issueOf } from '../find-in-request.ts';

const body = z.object({ lock_reason: z.enum(['off-topic', 'too heated', 'resolved', 'spam']).optional() });

export const lockIssue = write({
  method: 'PUT',
  path: '/issues/{issue_number}/lock',
  operationId: 'issues/lock',
  permission: 'issues=write; pull_requests=write',
  level: 'triage',
  body,
  handle: ({ body: given, ...request }) => {
    const { context, repository, actor } = request;
    const issue = issueOf({ ...request, body: given });
    context.store.run(
      'UPDATE issues SET locked = 1, lock_reason = ?, updated_at = ? WHERE id = ?',
      given.lock_reason ?? null,
      now(context),
      issue.id,
    );
    if (issue.locked === 0) emitIssue(context, repository, issue.id, 'locked', actor.user);
    return { status: 204 };
  },
});

export const unlockIssue = write({
  method: 'DELETE',
  path: '/issues/{issue_number}/lock',
  operationId: 'issues/unlock',
  permission: 'issues=write; pull_requests=write',
  level: 'triage',
  handle: (request) => {
    const { context, repository, actor } = request;
    const issue = issueOf(request);
    context.store.run(
      'UPDATE issues SET locked = 0, lock_reason = NULL, updated_at = ? WHERE id = ?',
      now(context),
      issue.id,
    );
    if (issue.locked === 1) emitIssue(context, repository, issue.id, 'unlocked', actor.user);
    return { status: 204 };
  },
});
