import { z } from 'zod';
import { now } from '../../context.ts';
import { readCommit } from '../../git/commits.ts';
import { objectType } from '../../git/objects.ts';
import { listRefs } from '../../git/refs.ts';
import { renderStatus } from '../../render/check.ts';
import { renderCommit } from '../../render/commit.ts';
import { renderRepository, repositoryFullName, repositoryUrl } from '../../render/repository.ts';
import { ApiError } from '../../server/api-error.ts';
import { type RepositoryRequest, read, type WriteRequest, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { StatusRow } from '../../store/rows.ts';
import { emit } from '../../webhooks/emit.ts';
import { bareOf } from '../bare-repository.ts';
import { commitOf } from '../branches/commits.ts';

function statusesOf(request: RepositoryRequest, sha: string): StatusRow[] {
  return request.context.store.all<StatusRow>(
    'SELECT * FROM statuses WHERE repository_id = ? AND sha = ? ORDER BY id DESC',
    request.repository.id,
    sha,
  );
}

export const createStatus = write({
  method: 'POST',
  path: '/statuses/{sha}',
  operationId: 'repos/create-commit-status',
  permission: 'statuses=write',
  level: 'write',
  body: z.object({
    state: z.enum(['error', 'failure', 'pending', 'success']),
    target_url: z.string().nullish(),
    description: z.string().nullish(),
    context: z.string().optional(),
  }),
  handle: async (request) => {
    const { context, repository, actor, view, body } = request;
    const sha = request.params.sha ?? '';
    if ((await objectType(bareOf(request), sha)) !== 'commit') {
      throw new ApiError(422, `No commit found for SHA: ${sha}`);
    }
    const { id } = context.store.run(
      'INSERT INTO statuses (repository_id, sha, state, context, description, target_url, user_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      repository.id,
      sha,
      body.state,
      body.context ?? 'default',
      body.description ?? null,
      body.target_url ?? null,
      actor.user.id,
      now(context),
    );
    const status = statusesOf(request, sha).find((row) => row.id === id);
    if (status === undefined) throw new Error('a status that was just stored is gone');
    await emitStatus(request, status);
    return { status: 201, body: renderStatus(view, repository, status) };
  },
});

async function emitStatus(request: WriteRequest, status: StatusRow): Promise<void> {
  const { context, repository, actor } = request;
  const commit = await readCommit(bareOf(request), status.sha);
  if (commit === undefined) throw new Error(`the commit of status ${status.id} is gone`);
  const refs = await listRefs(bareOf(request), 'refs/heads');
  emit(context, repository, actor.user, 'status', {
    id: status.id,
    sha: status.sha,
    name: repositoryFullName(context.view, repository),
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.target_url,
    avatar_url: null,
    created_at: status.created_at,
    updated_at: status.created_at,
    commit: renderCommit(context.view, repository, commit),
    branches: refs
      .filter((ref) => ref.sha === status.sha)
      .map((ref) => ({
        name: ref.name.slice('refs/heads/'.length),
        commit: { sha: ref.sha, url: `${repositoryUrl(context.view, repository)}/commits/${ref.sha}` },
        protected: false,
      })),
  });
}

export const listStatuses = read({
  path: '/commits/{ref}/statuses',
  operationId: 'repos/list-commit-statuses-for-ref',
  permission: 'statuses=read',
  handle: async (request) => {
    const sha = await commitOf(request, request.params.ref ?? '');
    return listReply(request, statusesOf(request, sha), (row) =>
      renderStatus(request.view, request.repository, row),
    );
  },
});

export const getCombinedStatus = read({
  path: '/commits/{ref}/status',
  operationId: 'repos/get-combined-status-for-ref',
  permission: 'statuses=read',
  handle: async (request) => {
    const { repository, view } = request;
    const sha = await commitOf(request, request.params.ref ?? '');
    const latest = [
      ...new Map(
        statusesOf(request, sha)
          .reverse()
          .map((row) => [row.context, row]),
      ).values(),
    ];
    const has = (...states: string[]) => latest.some((row) => states.includes(row.state));
    const state = has('error', 'failure')
      ? 'failure'
      : has('pending') || latest.length === 0
        ? 'pending'
        : 'success';
    const commit = `${repositoryUrl(view, repository)}/commits/${sha}`;
    return listReply(
      request,
      latest,
      (row) => {
        const { creator: _, ...simple } = renderStatus(view, repository, row);
        return simple;
      },
      (statuses, total_count) => ({
        state,
        statuses,
        sha,
        total_count,
        repository: renderRepository(view, repository),
        commit_url: commit,
        url: `${commit}/status`,
      }),
    );
  },
});
