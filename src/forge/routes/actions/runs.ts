import { findRun, moveRun, renderRun } from '../../effects/workflow-runs.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { type Reply, type RepositoryRequest, read, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { WorkflowRow, WorkflowRunRow } from '../../store/rows.ts';
import { idParam } from '../find-in-request.ts';
import { workflowOf } from './find-workflow.ts';

/** Runs as lists show them, newest first, filtered by branch, event, status or conclusion, and commit. */
async function runsReply(request: RepositoryRequest, workflowId: number | null): Promise<Reply> {
  const { context, query, repository, view } = request;
  const rows = context.store.all<
    WorkflowRunRow & { workflow_path: string; workflow_name: string; workflow_created_at: string }
  >(
    `SELECT r.*, w.path AS workflow_path, w.name AS workflow_name, w.created_at AS workflow_created_at FROM workflow_runs r
     JOIN workflows w ON w.id = workflow_id WHERE repository_id = ? AND (? IS NULL OR w.id = ?) ORDER BY r.id DESC`,
    repository.id,
    workflowId,
    workflowId,
  );
  const fits = (name: string, ...values: (string | null)[]) =>
    query.get(name) === null || values.includes(query.get(name));
  const rendered = [];
  for (const row of rows) {
    const wanted =
      fits('branch', row.head_branch) &&
      fits('event', row.event) &&
      fits('head_sha', row.head_sha) &&
      fits('status', row.status, row.conclusion);
    if (!wanted) continue;
    const workflow: WorkflowRow = {
      id: row.workflow_id,
      repository_id: repository.id,
      path: row.workflow_path,
      name: row.workflow_name,
      created_at: row.workflow_created_at,
    };
    rendered.push(await renderRun(context, view, repository, workflow, row));
  }
  return listReply(
    request,
    rendered,
    (run) => run,
    (workflow_runs, total_count) => ({ total_count, workflow_runs }),
  );
}

export const listRuns = read({
  path: '/actions/runs',
  operationId: 'actions/list-workflow-runs-for-repo',
  permission: 'actions=read',
  handle: (request) => runsReply(request, null),
});

export const listRunsOfWorkflow = read({
  path: '/actions/workflows/{workflow_id}/runs',
  operationId: 'actions/list-workflow-runs',
  permission: 'actions=read',
  handle: async (request) => runsReply(request, (await workflowOf(request)).row.id),
});

/** The run that the path names. @throws ApiError 404 */
export function runOf(request: RepositoryRequest): { run: WorkflowRunRow; workflow: WorkflowRow } {
  const found = findRun(request.context, idParam(request, 'run_id'));
  if (found === undefined || found.workflow.repository_id !== request.repository.id) throw notFound();
  return found;
}

export const getRun = read({
  path: '/actions/runs/{run_id}',
  operationId: 'actions/get-workflow-run',
  permission: 'actions=read',
  handle: async (request) => {
    const { run, workflow } = runOf(request);
    return {
      status: 200,
      body: await renderRun(request.context, request.view, request.repository, workflow, run),
    };
  },
});

export const cancelRun = write({
  method: 'POST',
  path: '/actions/runs/{run_id}/cancel',
  operationId: 'actions/cancel-workflow-run',
  permission: 'actions=write',
  level: 'write',
  handle: async (request) => {
    const { run } = runOf(request);
    if (run.status === 'completed')
      throw new ApiError(409, 'Cannot cancel a workflow run that is completed.');
    const { context, actor } = request;
    if (context.actions !== undefined) await context.actions.cancelRun(run.id);
    else await moveRun(context, run.id, { status: 'completed', conclusion: 'cancelled' }, actor.user);
    return { status: 202, body: {} };
  },
});
