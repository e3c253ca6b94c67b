import type { RepositoryRow, WorkflowJobRow, WorkflowRow, WorkflowRunRow } from '../store/rows.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `job`, which is the webhook's `workflow_job` too. */
export function renderJob(
  view: View,
  repository: RepositoryRow,
  workflow: WorkflowRow,
  run: WorkflowRunRow,
  job: WorkflowJobRow,
): Json {
  const base = repositoryUrl(view, repository);
  const runPage = `${repositoryPage(view, repository)}/actions/runs/${run.id}`;
  const begun = job.status === 'in_progress' || job.status === 'completed';
  return {
    id: job.id,
    run_id: run.id,
    run_url: `${base}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId('CheckRun', job.id),
    head_sha: run.head_sha,
    head_branch: run.head_branch,
    url: `${base}/actions/jobs/${job.id}`,
    html_url: `${runPage}/job/${job.id}`,
    check_run_url: `${base}/check-runs/${job.id}`,
    workflow_name: workflow.name || workflow.path,
    name: job.name,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.created_at,
    started_at: job.started_at ?? job.created_at,
    completed_at: job.completed_at,
    steps: JSON.parse(job.steps) as unknown,
    labels: JSON.parse(job.labels) as unknown,
    runner_id: begun && job.runner !== null ? job.id : null,
    runner_name: job.runner,
    runner_group_id: begun && job.runner !== null ? 1 : null,
    runner_group_name: begun && job.runner !== null ? 'Default' : null,
  };
}
