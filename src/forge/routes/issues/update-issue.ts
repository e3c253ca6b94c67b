import { z } from 'zod';
import { now } from '../../context.ts';
import { assignIssue, unassignIssue } from '../../effects/assign-issue.ts';
import { changeIssueState } from '../../effects/change-issue-state.ts';
import { labelIssue } from '../../effects/label-issue.ts';
import { renderIssue } from '../../render/issue.ts';
import { validationFailed } from '../../server/api-error.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import { findPull, listAssignees } from '../../store/issues.ts';
import type { IssueRow } from '../../store/rows.ts';
import { emitIssue } from '../../webhooks/emit-issue.ts';
import { issueOf } from '../find-in-request.ts';
import { labelNames, labelsBody } from '../labels/labels-body.ts';
import { hasLevel, mustOwnOrHave } from '../mutate-rights.ts';
import { checkBody, checkTitle } from '../text-limits.ts';

const body = z.object({
  title: z.union([z.string(), z.number().transform(String)]).nullish(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullish(),
  labels: labelsBody.optional(),
  assignee: z.string().nullish(),
  assignees: z.array(z.string()).optional(),
});

type Change = WriteRequest<z.infer<typeof body>>;

export const updateIssue = write({
  method: 'PATCH',
  path: '/issues/{issue_number}',
  operationId: 'issues/update',
  permission: 'issues=write; pull_requests=write',
  level: 'read',
  body,
  handle: (request) => {
    const { context, repository, view } = request;
    const issue = issueOf(request);
    mustOwnOrHave(request, issue.user_id, 'triage');
    if (request.body.title != null) checkTitle('Issue', request.body.title);
    checkBody('Issue', request.body.body);
    context.store.transaction(() => apply(request, issue));
    return { status: 200, body: renderIssue(view, repository, issueOf(request)) };
  },
});

function apply(request: Change, issue: IssueRow): void {
  const { context, repository, actor, body: given } = request;
  editText(request, issue);
  if (given.labels !== undefined && hasLevel(request, 'triage')) {
    labelIssue(context, repository, issue, labelNames(given.labels), actor.user, true);
  }
  if (given.assignees !== undefined && hasLevel(request, 'triage')) {
    const wanted = new Set(given.assignees.map((login) => login.toLowerCase()));
    const gone = listAssignees(context.store, issue.id).filter(
      (user) => !wanted.has(user.login.toLowerCase()),
    );
    unassignIssue(
      context,
      repository,
      issue,
      gone.map((user) => user.login),
      actor.user,
    );
    assignIssue(context, repository, issue, given.assignees, actor.user);
  }
  changeState(request, issue);
}

function changeState(request: Change, issue: IssueRow): void {
  const { context, repository, actor, body: given } = request;
  if (given.state === undefined) return;
  if (issue.is_pull === 1 && given.state === 'open' && findPull(context.store, issue.id).merged_at !== null) {
    throw validationFailed({ resource: 'Issue', code: 'invalid', field: 'state', value: 'open' });
  }
  const closed = given.state === 'closed';
  const reason = closed ? (given.state_reason ?? issue.state_reason ?? 'completed') : 'reopened';
  const unchanged = issue.state === given.state && (!closed || reason === issue.state_reason);
  if (!unchanged) changeIssueState(context, repository, issue, { state: given.state, reason }, actor.user);
}

/** Sets title and body where they differ, and says what they were. */
function editText(request: Change, issue: IssueRow): void {
  const { context, repository, actor, body: given } = request;
  const title = given.title ?? issue.title;
  const text = given.body === undefined ? issue.body : given.body;
  if (title === issue.title && text === issue.body) return;
  context.store.run(
    'UPDATE issues SET title = ?, body = ?, updated_at = ? WHERE id = ?',
    title,
    text,
    now(context),
    issue.id,
  );
  emitIssue(context, repository, issue.id, 'edited', actor.user, {
    changes: {
      ...(title === issue.title ? {} : { title: { from: issue.title } }),
      ...(text === issue.body ? {} : { body: { from: issue.body ?? '' } }),
    },
  });
}
