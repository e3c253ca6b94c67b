import { readCommit } from '../../git/commits.ts';
import { renderCheckRun, renderCheckSuite, renderSuiteBase, suiteState } from '../../render/check.ts';
import type { Json } from '../../render/view.ts';
import type { RepositoryRequest, WriteRequest } from '../../server/operation.ts';
import type { CheckRunRow, CheckSuiteRow } from '../../store/rows.ts';
import { emit } from '../../webhooks/emit.ts';
import { bareOf } from '../bare-repository.ts';
import { runsOfSuite } from './check-run-rows.ts';

/** The branch of an open pull request with this head, if there is one. */
function headBranchOf(request: RepositoryRequest, sha: string): string | null {
  const row = request.context.store.one<{ head_ref: string }>(
    'SELECT head_ref FROM pulls JOIN issues ON issues.id = issue_id WHERE repository_id = ? AND head_sha = ? ORDER BY number DESC LIMIT 1',
    request.repository.id,
    sha,
  );
  return row?.head_ref ?? null;
}

/** Queues `check_run.ACTION`. */
export function emitCheckRun(
  request: WriteRequest,
  action: 'created' | 'completed' | 'rerequested',
  suite: CheckSuiteRow,
  run: CheckRunRow,
): void {
  const { context, repository, actor } = request;
  const { view } = context;
  const branch = headBranchOf(request, suite.head_sha);
  emit(context, repository, actor.user, 'check_run', {
    action,
    check_run: {
      ...renderCheckRun(view, repository, suite, run),
      check_suite: renderSuiteBase(view, repository, suite, runsOfSuite(request, suite.id), branch),
    },
  });
}

/** Queues `check_suite.completed` once all of a suite's runs are completed. */
export async function emitSuiteIfDone(request: WriteRequest, suite: CheckSuiteRow): Promise<void> {
  if (suiteState(runsOfSuite(request, suite.id)).status !== 'completed') return;
  await emitSuite(request, 'completed', suite);
}

export async function emitSuite(
  request: WriteRequest,
  action: 'completed' | 'rerequested',
  suite: CheckSuiteRow,
): Promise<void> {
  const { context, repository, actor } = request;
  emit(context, repository, actor.user, 'check_suite', {
    action,
    check_suite: await renderSuite({ ...request, view: context.view }, suite),
  });
}

/** GitHub's `check-suite` with its head commit. */
export async function renderSuite(request: RepositoryRequest, suite: CheckSuiteRow): Promise<Json> {
  const { repository, view } = request;
  const runs = runsOfSuite(request, suite.id);
  const branch = headBranchOf(request, suite.head_sha);
  const commit = await readCommit(bareOf(request), suite.head_sha);
  if (commit === undefined) throw new Error(`the commit of check suite ${suite.id} is gone`);
  const { name, email } = commit.author;
  return renderCheckSuite(view, repository, suite, runs, branch, {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name, email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  });
}
