import type { ForgeContext } from '../../context.ts';
import { renderJob } from '../../render/workflow-job.ts';
import type { WorkflowJobRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { emit } from '../../webhooks/emit.ts';
import { readRun } from './run-facts.ts';

/** Queues `workflow_job.ACTION`. */
export function emitJob(
  context: ForgeContext,
  jobId: number,
  action: 'queued' | 'in_progress' | 'completed',
): void {
  const job = context.store.one<WorkflowJobRow>('SELECT * FROM workflow_jobs WHERE id = ?', jobId);
  if (job === undefined) throw new Error(`workflow job ${jobId} is gone`);
  const { run, row, repository } = readRun(context, job.run_id);
  const sender = findUserById(context.store, run.user_id);
  const workflow_job = renderJob(context.view, repository, row, run, job);
  emit(context, repository, sender, 'workflow_job', { action, workflow_job });
}
