import { now } from '../../context.ts';
import { notFound } from '../../server/api-error.ts';
import type { RepositoryRequest, WriteRequest } from '../../server/operation.ts';
import type { CheckRunRow, CheckSuiteRow } from '../../store/rows.ts';
import { idParam } from '../find-in-request.ts';

export function runsOfSuite(request: RepositoryRequest, suiteId: number): CheckRunRow[] {
  return request.context.store.all<CheckRunRow>(
    'SELECT * FROM check_runs WHERE suite_id = ? ORDER BY id',
    suiteId,
  );
}

/** The caller's suite on a commit, made where it is missing: each App has one. */
export function ensureSuite(
  request: WriteRequest<unknown>,
  sha: string,
): { suite: CheckSuiteRow; created: boolean } {
  const { context, repository, actor } = request;
  const at = now(context);
  const { changes } = context.store.run(
    'INSERT INTO check_suites (repository_id, head_sha, bot_id, created_at, updated_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    repository.id,
    sha,
    actor.user.id,
    at,
    at,
  );
  const suite = context.store.one<CheckSuiteRow>(
    'SELECT * FROM check_suites WHERE repository_id = ? AND head_sha = ? AND bot_id = ?',
    repository.id,
    sha,
    actor.user.id,
  );
  if (suite === undefined) throw new Error('a check suite that was just stored is gone');
  return { suite, created: changes === 1 };
}

/** The suite that the path names. @throws ApiError 404 */
export function suiteOf(request: RepositoryRequest): CheckSuiteRow {
  const suite = request.context.store.one<CheckSuiteRow>(
    'SELECT * FROM check_suites WHERE id = ? AND repository_id = ?',
    idParam(request, 'check_suite_id'),
    request.repository.id,
  );
  if (suite === undefined) throw notFound();
  return suite;
}

/** The run that the path names, with its suite. @throws ApiError 404 */
export function runOf(request: RepositoryRequest): { run: CheckRunRow; suite: CheckSuiteRow } {
  const { store } = request.context;
  const run = store.one<CheckRunRow>(
    'SELECT * FROM check_runs WHERE id = ?',
    idParam(request, 'check_run_id'),
  );
  const suite =
    run === undefined
      ? undefined
      : store.one<CheckSuiteRow>(
          'SELECT * FROM check_suites WHERE id = ? AND repository_id = ?',
          run.suite_id,
          request.repository.id,
        );
  if (run === undefined || suite === undefined) throw notFound();
  return { run, suite };
}
