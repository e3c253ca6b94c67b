import { z } from 'zod';
import { bareRepositoryPath, now } from '../../context.ts';
import { branchHead } from '../../git/refs.ts';
import { git } from '../../git/run-git.ts';
import { renderRepository } from '../../render/repository.ts';
import { validationFailed } from '../../server/api-error.ts';
import { type WriteRequest, write } from '../../server/operation.ts';
import { findRepository, findRepositoryById, renameRepository } from '../../store/repositories.ts';
import type { RepositoryRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { emit } from '../../webhooks/emit.ts';

const body = z.object({
  name: z.string().optional(),
  description: z.string().nullish(),
  private: z.boolean().optional(),
  visibility: z.enum(['public', 'private']).optional(),
  default_branch: z.string().optional(),
  archived: z.boolean().optional(),
  allow_auto_merge: z.boolean().optional(),
});

type Change = WriteRequest<z.infer<typeof body>>;

export const updateRepository = write({
  method: 'PATCH',
  path: '',
  operationId: 'repos/update',
  permission: 'administration=write',
  level: 'admin',
  body,
  handle: async (request) => {
    const { context, repository, view, body: given } = request;
    await changeDefaultBranch(request);
    if (given.name !== undefined && given.name !== repository.name) rename(request, given.name);
    changeFlags(request);
    if (given.allow_auto_merge !== undefined) {
      const allowed = given.allow_auto_merge ? 1 : 0;
      context.store.run('UPDATE repositories SET allow_auto_merge = ? WHERE id = ?', allowed, repository.id);
    }
    if (given.description !== undefined) {
      context.store.run(
        'UPDATE repositories SET description = ? WHERE id = ?',
        given.description,
        repository.id,
      );
    }
    context.store.run('UPDATE repositories SET updated_at = ? WHERE id = ?', now(context), repository.id);
    return { status: 200, body: renderRepository(view, findRepositoryById(context.store, repository.id)) };
  },
});

async function changeDefaultBranch(request: Change): Promise<void> {
  const { context, repository, actor, body: given } = request;
  const branch = given.default_branch;
  if (branch === undefined || branch === repository.default_branch) return;
  const path = bareRepositoryPath(context, repository.id);
  if ((await branchHead(path, branch)) === undefined) {
    const message = `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`;
    throw validationFailed({ resource: 'Repository', code: 'invalid', field: 'default_branch', message });
  }
  context.store.run('UPDATE repositories SET default_branch = ? WHERE id = ?', branch, repository.id);
  await git(path, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  const changes = { default_branch: { from: repository.default_branch } };
  emit(context, repository, actor.user, 'repository', { action: 'edited', changes });
}

function rename(request: Change, name: string): void {
  const { context, repository, actor } = request;
  const owner = findUserById(context.store, repository.owner_id).login;
  const same = findRepository(context.store, owner, name);
  if (
    !/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/.test(name) ||
    (same !== undefined && same.id !== repository.id)
  ) {
    const message = 'name already exists on this account';
    throw validationFailed({ resource: 'Repository', code: 'custom', field: 'name', message });
  }
  renameRepository(context.store, repository, owner, repository.owner_id, name);
  const changes = { repository: { name: { from: repository.name } } };
  emit(context, repository, actor.user, 'repository', { action: 'renamed', changes });
}

function changeFlags(request: Change): void {
  const { context, repository, actor, body: given } = request;
  const hidden =
    given.private ?? (given.visibility === undefined ? undefined : given.visibility === 'private');
  const set = (column: 'private' | 'archived', value: boolean | undefined, on: string, off: string) => {
    const before: RepositoryRow = repository;
    if (value === undefined || (before[column] === 1) === value) return;
    context.store.run(`UPDATE repositories SET ${column} = ? WHERE id = ?`, value ? 1 : 0, repository.id);
    emit(context, repository, actor.user, 'repository', { action: value ? on : off });
  };
  set('private', hidden, 'privatized', 'publicized');
  set('archived', given.archived, 'archived', 'unarchived');
}
