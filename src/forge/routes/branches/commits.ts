import { countCommits, listCommits, readCommit } from '../../git/commits.ts';
import { diffFiles, mergeBase } from '../../git/diff.ts';
import { resolveCommit } from '../../git/refs.ts';
import { renderCommit, renderFile } from '../../render/commit.ts';
import { renderPullSummary } from '../../render/pull.ts';
import { repositoryPage, repositoryUrl } from '../../render/repository.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { type Reply, type RepositoryRequest, read } from '../../server/operation.ts';
import { listReply, pageReply, readPage } from '../../server/pagination.ts';
import type { IssueRow } from '../../store/rows.ts';
import { bareOf } from '../bare-repository.ts';
import { isEmpty } from '../git/empty-repository.ts';

const permission = 'contents=read';

/** The commit that a path parameter names. @throws ApiError 422 as GitHub words it. */
export async function commitOf(request: RepositoryRequest, name: string): Promise<string> {
  const sha = await resolveCommit(bareOf(request), name);
  if (sha === undefined) throw new ApiError(422, `No commit found for SHA: ${name}`);
  return sha;
}

export const getCommit = read({
  path: '/commits/{ref}',
  operationId: 'repos/get-commit',
  permission,
  handle: async (request) => {
    const path = bareOf(request);
    const commit = await readCommit(path, await commitOf(request, request.params.ref ?? ''));
    if (commit === undefined) throw notFound();
    const files = await diffFiles(path, commit.parents[0], commit.sha);
    return { status: 200, body: renderCommit(request.view, request.repository, commit, files) };
  },
});

export const listRepositoryCommits = read({
  path: '/commits',
  operationId: 'repos/list-commits',
  permission,
  handle: async (request) => {
    const { query, repository, view } = request;
    const path = bareOf(request);
    if (await isEmpty(path)) throw new ApiError(409, 'Git Repository is empty.');
    const start = await resolveCommit(path, query.get('sha') ?? repository.default_branch);
    if (start === undefined) throw notFound();
    const page = readPage(query);
    const file = query.get('path');
    const tail = file === null ? [] : ['--', `:(literal)${file}`];
    const range = [`--max-count=${page.perPage}`, `--skip=${page.offset}`, start, ...tail];
    const commits = await listCommits(path, range);
    const total =
      file === null ? await countCommits(path, start) : (await listCommits(path, [start, ...tail])).length;
    const entries = commits.map((commit) => renderCommit(view, repository, commit));
    return pageReply(request, page, entries, total);
  },
});

export const listPullsOfCommit = read({
  path: '/commits/{commit_sha}/pulls',
  operationId: 'repos/list-pull-requests-associated-with-commit',
  permission: 'pull_requests=read',
  handle: (request) => {
    const { context, repository, view } = request;
    const sha = request.params.commit_sha ?? '';
    const rows = context.store.all<IssueRow>(
      `SELECT issues.* FROM issues JOIN pulls ON issue_id = issues.id
       WHERE repository_id = ? AND (head_sha = ? OR merge_commit_sha = ?) ORDER BY number`,
      repository.id,
      sha,
      sha,
    );
    return listReply(request, rows, (row) => renderPullSummary(view, repository, row));
  },
});

export const compare = read({
  path: '/compare/{basehead}',
  operationId: 'repos/compare-commits-with-basehead',
  permission,
  handle: async (request) => {
    const [baseName = '', headName] = (request.params.basehead ?? '').split('...');
    if (headName === undefined) throw notFound();
    const path = bareOf(request);
    const strip = (name: string) => name.split(':').at(-1) ?? '';
    const base = await resolveCommit(path, strip(baseName));
    const head = await resolveCommit(path, strip(headName));
    if (base === undefined || head === undefined) throw notFound();
    const common = await mergeBase(path, base, head);
    if (common === undefined)
      throw new ApiError(404, `No common ancestor between ${baseName} and ${headName}.`);
    return comparison(request, { base, head, common });
  },
});

async function comparison(
  request: RepositoryRequest,
  ends: { readonly base: string; readonly head: string; readonly common: string },
): Promise<Reply> {
  const { repository, view, query } = request;
  const path = bareOf(request);
  const { base, head, common } = ends;
  const ahead = await countCommits(path, `${base}..${head}`);
  const behind = await countCommits(path, `${head}..${base}`);
  const page = readPage(query);
  const paged = query.has('page') || query.has('per_page');
  const own = await listCommits(path, ['--reverse', '--topo-order', `${base}..${head}`]);
  const shown = paged ? own.slice(page.offset, page.offset + page.perPage) : own.slice(-250);
  const files = page.page === 1 ? await diffFiles(path, common, head) : [];
  const self = `${repositoryUrl(view, repository)}/compare/${request.params.basehead}`;
  const html = `${repositoryPage(view, repository)}/compare/${request.params.basehead}`;
  const render = async (sha: string) => {
    const commit = await readCommit(path, sha);
    if (commit === undefined) throw notFound();
    return renderCommit(view, repository, commit);
  };
  const status = ahead > 0 ? (behind > 0 ? 'diverged' : 'ahead') : behind > 0 ? 'behind' : 'identical';
  return {
    status: 200,
    body: {
      url: self,
      html_url: html,
      permalink_url: `${repositoryPage(view, repository)}/compare/${base.slice(0, 12)}...${head.slice(0, 12)}`,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: await render(base),
      merge_base_commit: await render(common),
      status,
      ahead_by: ahead,
      behind_by: behind,
      total_commits: ahead,
      commits: shown.map((commit) => renderCommit(view, repository, commit)),
      files: files.slice(0, 300).map((file) => renderFile(view, repository, head, file)),
    },
  };
}
