import type { RepositoryRow, WorkflowRow, WorkflowRunRow } from '../store/rows.ts';
import { renderPullsOfCommit } from './pull.ts';
import { renderRepository, repositoryPage, repositoryUrl } from './repository.ts';
import { renderUserById } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `workflow`. */
export function renderWorkflow(view: View, repository: RepositoryRow, row: WorkflowRow): Json {
  const file = row.path.split('/').at(-1) ?? '';
  const page = repositoryPage(view, repository);
  return {
    id: row.id,
    node_id: nodeId('Workflow', row.id),
    name: row.name || row.path,
    path: row.path,
    state: 'active',
    created_at: row.created_at,
    updated_at: row.created_at,
    url: `${repositoryUrl(view, repository)}/actions/workflows/${row.id}`,
    html_url: `${page}/blob/${repository.default_branch}/${row.path}`,
    badge_url: `${page}/workflows/${encodeURIComponent(file)}/badge.svg`,
  };
}

/** GitHub's `workflow-run`. `headCommit` is its `simple-commit`. */
export function renderWorkflowRun(
  view: View,
  repository: RepositoryRow,
  workflow: WorkflowRow,
  run: WorkflowRunRow,
  headCommit: Json,
): Json {
  const base = repositoryUrl(view, repository);
  const url = `${base}/actions/runs/${run.id}`;
  const actor = renderUserById(view, run.user_id);
  const described = renderWorkflow(view, repository, workflow);
  const rendered = renderRepository(view, repository);
  return {
    id: run.id,
    name: described.name,
    node_id: nodeId('WorkflowRun', run.id),
    head_branch: run.head_branch,
    head_sha: run.head_sha,
    path: workflow.path,
    display_title: run.title || described.name,
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow.id,
    check_suite_id: run.id,
    check_suite_node_id: nodeId('CheckSuite', run.id),
    url,
    html_url: `${repositoryPage(view, repository)}/actions/runs/${run.id}`,
    pull_requests: renderPullsOfCommit(view, repository, run.head_sha),
    created_at: run.created_at,
    updated_at: run.updated_at,
    actor,
    triggering_actor: actor,
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: run.created_at,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${base}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: null,
    workflow_url: described.url,
    head_commit: headCommit,
    repository: rendered,
    head_repository: rendered,
  };
}
