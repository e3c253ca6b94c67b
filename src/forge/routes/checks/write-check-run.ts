import { z } from 'zod';
import { now } from '../../context.ts';
import { objectType } from '../../git/objects.ts';
import { renderCheckRun } from '../../render/check.ts';
import { ApiError, validationFailed } from '../../server/api-error.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import type { CheckRunRow } from '../../store/rows.ts';
import { bareOf } from '../bare-repository.ts';
import { ensureSuite, runOf } from './check-run-rows.ts';
import { emitCheckRun, emitSuiteIfDone } from './emit-check.ts';

const annotation = z.object({
  path: z.string(),
  start_line: z.int(),
  end_line: z.int(),
  start_column: z.int().optional(),
  end_column: z.int().optional(),
  annotation_level: z.enum(['notice', 'warning', 'failure']),
  message: z.string(),
  title: z.string().optional(),
  raw_details: z.string().optional(),
});

const changes = z.object({
  details_url: z.string().optional(),
  external_id: z.string().optional(),
  status: z.enum(['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending']).optional(),
  conclusion: z
    .enum(['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'stale', 'timed_out'])
    .optional(),
  started_at: z.string().optional(),
  completed_at: z.string().optional(),
  output: z
    .object({
      title: z.string().optional(),
      summary: z.string(),
      text: z.string().optional(),
      annotations: z.array(annotation).max(50).optional(),
    })
    .optional(),
  actions: z
    .array(
      z.object({
        label: z.string().max(20),
        description: z.string().max(40),
        identifier: z.string().max(20),
      }),
    )
    .max(3)
    .optional(),
});

const creation = changes.extend({ name: z.string(), head_sha: z.string() });
const update = changes.extend({ name: z.string().optional() });

const access = { permission: 'checks=write', level: 'write' } as const;

/** Only Apps write checks. @throws ApiError 403 */
function refuseUsers(request: WriteRequest): void {
  if (request.actor.kind === 'installation') return;
  throw new ApiError(403, 'You must authenticate via a GitHub App.');
}

export const createCheckRun = write({
  ...access,
  method: 'POST',
  path: '/check-runs',
  operationId: 'checks/create',
  body: creation,
  handle: async (request) => {
    refuseUsers(request);
    const { context, repository, view, body } = request;
    if ((await objectType(bareOf(request), body.head_sha)) !== 'commit') {
      throw new ApiError(422, `No commit found for SHA: ${body.head_sha}`);
    }
    const { suite } = ensureSuite(request, body.head_sha);
    const blank: Omit<CheckRunRow, 'id'> = {
      suite_id: suite.id,
      name: body.name,
      status: 'queued',
      conclusion: null,
      started_at: now(context),
      completed_at: null,
      external_id: '',
      details_url: null,
      title: null,
      summary: null,
      text: null,
      annotations: '[]',
      actions: '[]',
    };
    const row = changed(request, blank);
    const names = Object.keys(row);
    const { id } = context.store.run(
      `INSERT INTO check_runs (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...Object.values(row),
    );
    const run = { ...row, id };
    emitCheckRun(request, 'created', suite, run);
    if (run.status === 'completed') {
      emitCheckRun(request, 'completed', suite, run);
      await emitSuiteIfDone(request, suite);
    }
    const rendered = renderCheckRun(view, repository, suite, run);
    return { status: 201, body: rendered, headers: { location: String(rendered.url) } };
  },
});

export const updateCheckRun = write({
  ...access,
  method: 'PATCH',
  path: '/check-runs/{check_run_id}',
  operationId: 'checks/update',
  body: update,
  handle: async (request) => {
    refuseUsers(request);
    const { context, repository, view } = request;
    const { run: before, suite } = runOf(request);
    if (suite.bot_id !== request.actor.user.id) {
      throw new ApiError(
        403,
        'Invalid app_id - check run can only be modified by the GitHub App that created it.',
      );
    }
    const { id, ...row } = { ...before, ...changed(request, before), id: before.id };
    const names = Object.keys(row);
    context.store.run(
      `UPDATE check_runs SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
      ...Object.values(row),
      id,
    );
    context.store.run('UPDATE check_suites SET updated_at = ? WHERE id = ?', now(context), suite.id);
    const run = { ...row, id };
    if (run.status === 'completed' && before.status !== 'completed') {
      emitCheckRun(request, 'completed', suite, run);
      await emitSuiteIfDone(request, suite);
    }
    return { status: 200, body: renderCheckRun(view, repository, suite, run) };
  },
});

/** A run with the body's changes: a conclusion completes it, and its annotations add up. */
function changed<Row extends Omit<CheckRunRow, 'id'>>(
  request: WriteRequest<z.infer<typeof update>>,
  before: Row,
): Row {
  const { body, context } = request;
  const status = body.conclusion === undefined ? (body.status ?? before.status) : 'completed';
  const conclusion = status === 'completed' ? (body.conclusion ?? before.conclusion) : null;
  if (status === 'completed' && conclusion === null) {
    throw validationFailed({ resource: 'CheckRun', code: 'missing_field', field: 'conclusion' });
  }
  const done = status === 'completed' ? (body.completed_at ?? before.completed_at ?? now(context)) : null;
  const annotations = [...(JSON.parse(before.annotations) as unknown[]), ...(body.output?.annotations ?? [])];
  return {
    ...before,
    name: body.name ?? before.name,
    status,
    conclusion,
    started_at: body.started_at ?? before.started_at,
    completed_at: done,
    external_id: body.external_id ?? before.external_id,
    details_url: body.details_url ?? before.details_url,
    title: body.output === undefined ? before.title : (body.output.title ?? before.title),
    summary: body.output?.summary ?? before.summary,
    text: body.output?.text ?? before.text,
    annotations: JSON.stringify(annotations),
    actions: body.actions === undefined ? before.actions : JSON.stringify(body.actions),
  };
}
