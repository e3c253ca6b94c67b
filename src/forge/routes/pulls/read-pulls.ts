import { bareRepositoryPath } from '../../context.ts';
import { listCommits as gitCommits } from '../../git/commits.ts';
import { diffFiles, mergeBase } from '../../git/diff.ts';
import { renderCommit, renderFile } from '../../render/commit.ts';
import { renderPull, renderPullSummary } from '../../render/pull.ts';
import { notFound } from '../../server/api-error.ts';
import { type RepositoryRequest, read } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { findPull } from '../../store/issues.ts';
import type { IssueRow, PullRow } from '../../store/rows.ts';
import { pullOf } from '../find-in-request.ts';
import { mergeability } from './mergeability.ts';

const permission = 'pull_requests=read';

export const getPull = read({
  path: '/pulls/{pull_number}',
  operationId: 'pulls/get',
  permission,
  handle: async (request) => {
    const { context, repository, view } = request;
    const issue = pullOf(request);
    return { status: 200, body: renderPull(view, repository, issue, await mergeability(context, issue)) };
  },
});

const sorts: Readonly<Record<string, string>> = {
  created: 'created_at',
  updated: 'updated_at',
  popularity: 'comments',
  'long-running': 'created_at',
};

export const listPulls = read({
  path: '/pulls',
  operationId: 'pulls/list',
  permission,
  handle: (request) => {
    const { context, query, repository, view } = request;
    const state = query.get('state') ?? 'open';
    const sort = query.get('sort') ?? 'created';
    const down = (query.get('direction') ?? (sort === 'created' ? 'desc' : 'asc')) === 'desc';
    const head = query.get('head')?.split(':').at(-1) ?? null;
    const base = query.get('base');
    const direction = down ? 'DESC' : 'ASC';
    const rows = context.store.all<IssueRow & PullRow>(
      `SELECT issues.*, head_ref, base_ref FROM issues JOIN pulls ON issue_id = issues.id
       WHERE repository_id = ? AND (? = 'all' OR state = ?) AND (? IS NULL OR head_ref = ?) AND (? IS NULL OR base_ref = ?)
       ORDER BY ${sorts[sort] ?? 'created_at'} ${direction}, number ${direction}`,
      repository.id,
      state,
      state,
      head,
      head,
      base,
      base,
    );
    return listReply(request, rows, (row) => renderPullSummary(view, repository, row));
  },
});

/** The commits that a pull request's diff runs between. A merged one is measured against its base of then. */
async function ends(request: RepositoryRequest): Promise<{ path: string; base: string; head: string }> {
  const { context, repository } = request;
  const pull = findPull(context.store, pullOf(request).id);
  return { path: bareRepositoryPath(context, repository.id), base: pull.base_sha, head: pull.head_sha };
}

export const listPullFiles = read({
  path: '/pulls/{pull_number}/files',
  operationId: 'pulls/list-files',
  permission,
  handle: async (request) => {
    const { path, base, head } = await ends(request);
    const files = await diffFiles(path, await mergeBase(path, base, head), head);
    return listReply(request, files, (file) => renderFile(request.view, request.repository, head, file));
  },
});

export const listPullCommits = read({
  path: '/pulls/{pull_number}/commits',
  operationId: 'pulls/list-commits',
  permission,
  handle: async (request) => {
    const { path, base, head } = await ends(request);
    const commits = await gitCommits(path, ['--reverse', '--topo-order', `${base}..${head}`]);
    return listReply(request, commits.slice(0, 250), (commit) =>
      renderCommit(request.view, request.repository, commit),
    );
  },
});

export const checkMerged = read({
  path: '/pulls/{pull_number}/merge',
  operationId: 'pulls/check-if-merged',
  permission,
  handle: (request) => {
    if (findPull(request.context.store, pullOf(request).id).merged_at === null) throw notFound();
    return { status: 204 };
  },
});
