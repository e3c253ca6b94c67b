import { type ForgeContext, timestamp } from '../../context.ts';
import { emitRun } from '../../effects/workflow-runs.ts';
import type { WorkflowJobRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import type { StartedJob } from '../jobs/run-job.ts';
import { loadWorkflow } from '../workflow/load-workflow.ts';
import { readRun } from './run-facts.ts';

/** Gives a queued job a runner; undefined where it does not wait any more. */
export async function startJob(context: ForgeContext, row: WorkflowJobRow): Promise<StartedJob | undefined> {
  const { store } = context;
  const before = readRun(context, row.run_id);
  const parsed = await loadWorkflow(context, before.row, before.run.workflow_sha);
  const job = parsed.kind === 'workflow' ? parsed.workflow.jobs[row.key] : undefined;
  if (parsed.kind === 'invalid' || job === undefined) throw new Error(`job ${row.id} is not in its workflow`);
  const runner = `forge-${row.id}`;
  const at = timestamp(context.clock());
  const { changes } = store.run(
    "UPDATE workflow_jobs SET status = 'in_progress', started_at = ?, runner = ? WHERE id = ? AND status = 'queued'",
    at,
    runner,
    row.id,
  );
  if (changes === 0) return undefined;
  const begun = store.run(
    "UPDATE workflow_runs SET status = 'in_progress', updated_at = ? WHERE id = ? AND status = 'queued'",
    at,
    row.run_id,
  );
  if (begun.changes === 1) {
    await emitRun(context, row.run_id, 'in_progress', findUserById(store, before.run.user_id));
  }
  return { facts: readRun(context, row.run_id), workflow: parsed.workflow, job, row, runner };
}
