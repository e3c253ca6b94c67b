import { renderCheckRun } from '../../render/check.ts';
import { repositoryPage } from '../../render/repository.ts';
import { type Reply, type RepositoryRequest, read, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { CheckRunRow, CheckSuiteRow } from '../../store/rows.ts';
import { commitOf } from '../branches/commits.ts';
import { runOf, runsOfSuite, suiteOf } from './check-run-rows.ts';
import { emitCheckRun, emitSuite, renderSuite } from './emit-check.ts';

const permission = 'checks=read';

export const getCheckRun = read({
  path: '/check-runs/{check_run_id}',
  operationId: 'checks/get',
  permission,
  handle: (request) => {
    const { run, suite } = runOf(request);
    return { status: 200, body: renderCheckRun(request.view, request.repository, suite, run) };
  },
});

export const listAnnotations = read({
  path: '/check-runs/{check_run_id}/annotations',
  operationId: 'checks/list-annotations',
  permission,
  handle: (request) => {
    const { run, suite } = runOf(request);
    const page = repositoryPage(request.view, request.repository);
    const rows = JSON.parse(run.annotations) as Record<string, unknown>[];
    return listReply(request, rows, (row) => ({
      start_column: null,
      end_column: null,
      title: null,
      raw_details: null,
      ...row,
      blob_href: `${page}/blob/${suite.head_sha}/${String(row.path)}`,
    }));
  },
});

/** Runs as lists show them: filtered by name and status, the newest of each name unless all are asked for. */
function runsReply(request: RepositoryRequest, suites: readonly CheckSuiteRow[]): Reply {
  const { query, repository, view } = request;
  const name = query.get('check_name');
  const status = query.get('status');
  const all = suites
    .flatMap((suite) => runsOfSuite(request, suite.id).map((run) => ({ run, suite })))
    .filter(({ run }) => (name === null || run.name === name) && (status === null || run.status === status));
  const latest = new Map(all.map((entry) => [entry.run.name, entry]));
  const shown = query.get('filter') === 'all' ? all : [...latest.values()];
  return listReply(
    request,
    shown.reverse(),
    ({ run, suite }: { run: CheckRunRow; suite: CheckSuiteRow }) =>
      renderCheckRun(view, repository, suite, run),
    (check_runs, total_count) => ({ total_count, check_runs }),
  );
}

function suitesOfCommit(request: RepositoryRequest, sha: string): CheckSuiteRow[] {
  return request.context.store.all<CheckSuiteRow>(
    'SELECT * FROM check_suites WHERE repository_id = ? AND head_sha = ? ORDER BY id',
    request.repository.id,
    sha,
  );
}

export const listRunsOfRef = read({
  path: '/commits/{ref}/check-runs',
  operationId: 'checks/list-for-ref',
  permission,
  handle: async (request) =>
    runsReply(request, suitesOfCommit(request, await commitOf(request, request.params.ref ?? ''))),
});

export const listRunsOfSuite = read({
  path: '/check-suites/{check_suite_id}/check-runs',
  operationId: 'checks/list-for-suite',
  permission,
  handle: (request) => runsReply(request, [suiteOf(request)]),
});

export const listSuitesOfRef = read({
  path: '/commits/{ref}/check-suites',
  operationId: 'checks/list-suites-for-ref',
  permission,
  handle: async (request) => {
    const suites = suitesOfCommit(request, await commitOf(request, request.params.ref ?? ''));
    const rendered = await Promise.all(suites.map((suite) => renderSuite(request, suite)));
    return listReply(
      request,
      rendered,
      (suite) => suite,
      (check_suites, total_count) => ({ total_count, check_suites }),
    );
  },
});

export const getSuite = read({
  path: '/check-suites/{check_suite_id}',
  operationId: 'checks/get-suite',
  permission,
  handle: async (request) => ({ status: 200, body: await renderSuite(request, suiteOf(request)) }),
});

export const rerequestRun = write({
  method: 'POST',
  path: '/check-runs/{check_run_id}/rerequest',
  operationId: 'checks/rerequest-run',
  permission: 'checks=write',
  level: 'write',
  handle: (request) => {
    const { run, suite } = runOf(request);
    emitCheckRun(request, 'rerequested', suite, run);
    return { status: 201, body: {} };
  },
});

export const rerequestSuite = write({
  method: 'POST',
  path: '/check-suites/{check_suite_id}/rerequest',
  operationId: 'checks/rerequest-suite',
  permission: 'checks=write',
  level: 'write',
  handle: async (request) => {
    await emitSuite(request, 'rerequested', suiteOf(request));
    return { status: 201, body: {} };
  },
});
