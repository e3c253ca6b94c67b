import { type ForgeContext, timestamp } from '../../context.ts';
import type { WorkflowJobRow } from '../../store/rows.ts';
import type { JobResult } from '../jobs/run-job.ts';
import { emitJob } from './emit-job.ts';

/** Writes down how a job ended, says so, and lets the next of its concurrency group go on. */
export function finishJob(
  context: ForgeContext,
  id: number,
  result: Pick<JobResult, 'conclusion'> & Partial<JobResult>,
): void {
  const { store } = context;
  const at = timestamp(context.clock());
  const { changes } = store.run(
    `UPDATE workflow_jobs SET status = 'completed', conclusion = ?, completed_at = ?, started_at = coalesce(started_at, ?),
     outputs = ?, steps = ?, log = ?, summary = ? WHERE id = ? AND status <> 'completed'`,
    result.conclusion,
    at,
    at,
    JSON.stringify(result.outputs ?? {}),
    JSON.stringify(result.steps ?? []),
    result.log ?? '',
    result.summary ?? '',
    id,
  );
  if (changes === 0) return;
  emitJob(context, id, 'completed');
  promoteNext(context, id);
}

function promoteNext(context: ForgeContext, id: number): void {
  const others = listGroup(context, id);
  if (others.some((job) => job.status !== 'pending')) return;
  const [next] = others;
  if (next === undefined) return;
  context.store.run("UPDATE workflow_jobs SET status = 'queued' WHERE id = ?", next.id);
  emitJob(context, next.id, 'queued');
}

/** The open jobs that share a job's concurrency group in its repository, oldest first, without it. */
export function listGroup(context: ForgeContext, id: number): WorkflowJobRow[] {
  return context.store.all<WorkflowJobRow>(
    `SELECT other.* FROM workflow_jobs self
     JOIN workflow_runs own ON own.id = self.run_id JOIN workflows home ON home.id = own.workflow_id
     JOIN workflow_jobs other ON other.concurrency = self.concurrency AND other.id <> self.id AND other.status <> 'completed'
     JOIN workflow_runs r ON r.id = other.run_id JOIN workflows w ON w.id = r.workflow_id AND w.repository_id = home.repository_id
     WHERE self.id = ? ORDER BY other.id`,
    id,
  );
}
