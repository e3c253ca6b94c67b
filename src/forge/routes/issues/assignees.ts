import { z } from 'zod';
import { assignIssue, unassignIssue } from '../../effects/assign-issue.ts';
import { renderIssue } from '../../render/issue.ts';
import { write } from '../../server/operation.ts';
import { issueOf } from '../find-in-request.ts';

const body = z.object({ assignees: z.array(z.string()).optional() });

export const addAssignees = write({
  method: 'POST',
  path: '/issues/{issue_number}/assignees',
  operationId: 'issues/add-assignees',
  permission: 'issues=write; pull_requests=write',
  level: 'triage',
  body,
  handle: (request) => {
    const { context, repository, actor, view } = request;
    assignIssue(context, repository, issueOf(request), request.body.assignees ?? [], actor.user);
    return { status: 201, body: renderIssue(view, repository, issueOf(request)) };
  },
});

export const removeAssignees = write({
  method: 'DELETE',
  path: '/issues/{issue_number}/assignees',
  operationId: 'issues/remove-assignees',
  permission: 'issues=write; pull_requests=write',
  level: 'triage',
  body,
  handle: (request) => {
    const { context, repository, actor, view } = request;
    unassignIssue(context, repository, issueOf(request), request.body.assignees ?? [], actor.user);
    return { status: 200, body: renderIssue(view, repository, issueOf(request)) };
  },
});
