import { z } from 'zod';
import { now } from '../../context.ts';
import { assignIssue } from '../../effects/assign-issue.ts';
import { attachLabels, emitLabeled } from '../../effects/label-issue.ts';
import { renderIssue } from '../../render/issue.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import { findIssueById } from '../../store/issues.ts';
import { takeNumber } from '../../store/repositories.ts';
import { emitIssue } from '../../webhooks/emit-issue.ts';
import { labelNames, labelsBody } from '../labels/labels-body.ts';
import { hasLevel } from '../mutate-rights.ts';
import { checkBody, checkTitle } from '../text-limits.ts';

const body = z.object({
  title: z.union([z.string(), z.number().transform(String)]),
  body: z.string().nullish(),
  labels: labelsBody.optional(),
  assignee: z.string().nullish(),
  assignees: z.array(z.string()).optional(),
});

export const createIssue = write({
  method: 'POST',
  path: '/issues',
  operationId: 'issues/create',
  permission: 'issues=write',
  level: 'read',
  body,
  handle: (request) => {
    const { context, repository, view } = request;
    checkTitle('Issue', request.body.title);
    checkBody('Issue', request.body.body);
    const id = context.store.transaction(() => insert(request));
    const issue = findIssueById(context.store, id);
    if (issue === undefined) throw new Error('an issue that was just stored is gone');
    const rendered = renderIssue(view, repository, issue);
    return { status: 201, body: rendered, headers: { location: String(rendered.url) } };
  },
});

function insert(request: WriteRequest<z.infer<typeof body>>): number {
  const { context, repository, actor, body: given } = request;
  const at = now(context);
  const { id } = context.store.run(
    `INSERT INTO issues (repository_id, number, is_pull, title, body, state, user_id, via_app, created_at, updated_at)
     VALUES (?, ?, 0, ?, ?, 'open', ?, ?, ?, ?)`,
    repository.id,
    takeNumber(context.store, repository.id),
    given.title,
    given.body ?? null,
    actor.user.id,
    actor.kind === 'installation' ? 1 : 0,
    at,
    at,
  );
  // Who has no triage rights opens issues, but their labels and assignees are dropped.
  const trusted = hasLevel(request, 'triage');
  const names = trusted ? labelNames(given.labels ?? []) : [];
  const labels = attachLabels(context, repository, id, names, actor.user);
  emitIssue(context, repository, id, 'opened', actor.user);
  emitLabeled(context, repository, id, labels, actor.user);
  const assignees = [...(given.assignees ?? []), ...(given.assignee ? [given.assignee] : [])];
  const issue = assignees.length > 0 ? findIssueById(context.store, id) : undefined;
  if (trusted && issue !== undefined) assignIssue(context, repository, issue, assignees, actor.user);
  return id;
}
