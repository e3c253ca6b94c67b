import type { CheckRunRow, CheckSuiteRow, RepositoryRow, StatusRow } from '../store/rows.ts';
import { renderAppOf } from './app.ts';
import { renderPullsOfCommit } from './pull.ts';
import { renderRepository, repositoryPage, repositoryUrl } from './repository.ts';
import { renderUserById } from './user.ts';
import { type Json, nodeId, type View } from './view.ts';

/** GitHub's `check-run`. */
export function renderCheckRun(
  view: View,
  repository: RepositoryRow,
  suite: CheckSuiteRow,
  run: CheckRunRow,
): Json {
  const url = `${repositoryUrl(view, repository)}/check-runs/${run.id}`;
  const page = `${repositoryPage(view, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: suite.head_sha,
    external_id: run.external_id,
    url,
    html_url: page,
    details_url: run.details_url ?? page,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.started_at,
    completed_at: run.completed_at,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: (JSON.parse(run.annotations) as unknown[]).length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: suite.id },
    app: renderAppOf(view, suite.bot_id),
    pull_requests: renderPullsOfCommit(view, repository, suite.head_sha),
  };
}

/** Status and conclusion that a suite's runs add up to. */
export function suiteState(runs: readonly Pick<CheckRunRow, 'status' | 'conclusion'>[]): {
  readonly status: string;
  readonly conclusion: string | null;
} {
  if (runs.length === 0) return { status: 'queued', conclusion: null };
  if (runs.some((run) => run.status !== 'completed')) return { status: 'in_progress', conclusion: null };
  const worst = ['action_required', 'timed_out', 'failure', 'cancelled', 'success', 'neutral', 'skipped'];
  const conclusion = worst.find((one) => runs.some((run) => run.conclusion === one));
  return { status: 'completed', conclusion: conclusion ?? 'neutral' };
}

/** What check suites of every form share. */
export function renderSuiteBase(
  view: View,
  repository: RepositoryRow,
  suite: CheckSuiteRow,
  runs: readonly CheckRunRow[],
  headBranch: string | null,
): Json {
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: headBranch,
    head_sha: suite.head_sha,
    ...suiteState(runs),
    url: `${repositoryUrl(view, repository)}/check-suites/${suite.id}`,
    before: null,
    after: suite.head_sha,
    pull_requests: renderPullsOfCommit(view, repository, suite.head_sha),
    app: renderAppOf(view, suite.bot_id),
    created_at: suite.created_at,
    updated_at: suite.updated_at,
  };
}

/** GitHub's `check-suite`. `headCommit` is its `simple-commit`. */
export function renderCheckSuite(
  view: View,
  repository: RepositoryRow,
  suite: CheckSuiteRow,
  runs: readonly CheckRunRow[],
  headBranch: string | null,
  headCommit: Json,
): Json {
  const base = renderSuiteBase(view, repository, suite, runs, headBranch);
  return {
    ...base,
    repository: renderRepository(view, repository),
    head_commit: headCommit,
    latest_check_runs_count: runs.length,
    check_runs_url: `${base.url}/check-runs`,
  };
}

/** GitHub's `status` of a commit. */
export function renderStatus(view: View, repository: RepositoryRow, status: StatusRow): Json {
  const creator = renderUserById(view, status.user_id);
  return {
    url: `${repositoryUrl(view, repository)}/statuses/${status.sha}`,
    avatar_url: creator?.avatar_url ?? null,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.target_url,
    context: status.context,
    created_at: status.created_at,
    updated_at: status.created_at,
    creator,
  };
}
