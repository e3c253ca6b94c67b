import { type ForgeContext, now } from '../../context.ts';
import { emitRun } from '../../effects/workflow-runs.ts';
import { ApiError } from '../../server/api-error.ts';
import { write } from '../../server/operation.ts';
import type { WorkflowRunRow } from '../../store/rows.ts';
import { runOf } from './runs.ts';

const access = { method: 'POST', permission: 'actions=write', level: 'write' } as const;

export const rerunAll = write({
  ...access,
  path: '/actions/runs/{run_id}/rerun',
  operationId: 'actions/re-run-workflow',
  handle: async (request) => {
    const { run } = runOf(request);
    beginAttempt(request.context, run);
    await emitRun(request.context, run.id, 'requested', request.actor.user);
    request.context.actions?.wake();
    return { status: 201, body: {} };
  },
});

export const rerunFailed = write({
  ...access,
  path: '/actions/runs/{run_id}/rerun-failed-jobs',
  operationId: 'actions/re-run-workflow-failed-jobs',
  handle: async (request) => {
    const { run } = runOf(request);
    const { context } = request;
    context.store.transaction(() => {
      beginAttempt(context, run);
      keepSuccesses(context, run);
    });
    await emitRun(context, run.id, 'requested', request.actor.user);
    context.actions?.wake();
    return { status: 201, body: {} };
  },
});

/** Opens a run again, with no jobs yet. @throws ApiError 403 while it is open */
function beginAttempt(context: ForgeContext, run: WorkflowRunRow): void {
  const { changes } = context.store.run(
    `UPDATE workflow_runs SET attempt = attempt + 1, status = 'queued', conclusion = NULL, cancelled = 0, updated_at = ?
     WHERE id = ? AND status = 'completed'`,
    now(context),
    run.id,
  );
  if (changes === 0) throw new ApiError(403, 'This workflow is already running');
}

/** The jobs that succeeded belong to the new attempt too, as they were. */
function keepSuccesses(context: ForgeContext, run: WorkflowRunRow): void {
  const columns =
    'run_id, key, name, status, conclusion, labels, concurrency, runner, outputs, steps, log, summary, created_at, started_at, completed_at';
  context.store.run(
    `INSERT INTO workflow_jobs (attempt, ${columns}) SELECT attempt + 1, ${columns} FROM workflow_jobs
     WHERE run_id = ? AND attempt = ? AND conclusion = 'success' ORDER BY id`,
    run.id,
    run.attempt,
  );
}
