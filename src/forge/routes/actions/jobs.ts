import { readRun } from '../../actions/runs/run-facts.ts';
import { renderJob } from '../../render/workflow-job.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { type RepositoryRequest, read } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { WorkflowJobRow } from '../../store/rows.ts';
import { idParam } from '../find-in-request.ts';
import { runOf } from './runs.ts';

export const listJobs = read({
  path: '/actions/runs/{run_id}/jobs',
  operationId: 'actions/list-jobs-for-workflow-run',
  permission: 'actions=read',
  handle: (request) => {
    const { run, workflow } = runOf(request);
    const all = 'SELECT * FROM workflow_jobs WHERE run_id = ? ORDER BY id';
    const jobs =
      request.query.get('filter') === 'all'
        ? request.context.store.all<WorkflowJobRow>(all, run.id)
        : readRun(request.context, run.id).jobs;
    return listReply(
      request,
      jobs,
      (job) => renderJob(request.view, request.repository, workflow, run, job),
      (shown, total_count) => ({ total_count, jobs: shown }),
    );
  },
});

/** @throws ApiError 404 */
function jobOf(request: RepositoryRequest): WorkflowJobRow {
  const job = request.context.store.one<WorkflowJobRow>(
    `SELECT j.* FROM workflow_jobs j JOIN workflow_runs r ON r.id = run_id JOIN workflows w ON w.id = workflow_id
     WHERE j.id = ? AND repository_id = ?`,
    idParam(request, 'job_id'),
    request.repository.id,
  );
  if (job === undefined) throw notFound();
  return job;
}

export const getJob = read({
  path: '/actions/jobs/{job_id}',
  operationId: 'actions/get-job-for-workflow-run',
  permission: 'actions=read',
  handle: (request) => {
    const job = jobOf(request);
    const { run, row } = readRun(request.context, job.run_id);
    return { status: 200, body: renderJob(request.view, request.repository, row, run, job) };
  },
});

/** Leads to the log by a link that works for a minute, as GitHub does, once the job has ended. */
export const getJobLog = read({
  path: '/actions/jobs/{job_id}/logs',
  operationId: 'actions/download-job-logs-for-workflow-run',
  permission: 'actions=read',
  handle: (request) => {
    const job = jobOf(request);
    if (job.status !== 'completed') throw new ApiError(404, 'Not Found');
    const { context, view } = request;
    return {
      status: 302,
      headers: { location: `${view.html}${context.pages.signPath(`/_page/log/${job.id}`)}` },
    };
  },
});
