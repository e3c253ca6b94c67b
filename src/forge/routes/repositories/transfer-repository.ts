import { z } from 'zod';
import { renderRepository } from '../../render/repository.ts';
import { renderUser } from '../../render/user.ts';
import { validationFailed } from '../../server/api-error.ts';
import { write } from '../../server/operation.ts';
import { findRepository, findRepositoryById, renameRepository } from '../../store/repositories.ts';
import { findUser, findUserById } from '../../store/users.ts';
import { emit } from '../../webhooks/emit.ts';

/** A transfer takes effect at once: the forge has nobody who would have to accept it. */
export const transferRepository = write({
  method: 'POST',
  path: '/transfer',
  operationId: 'repos/transfer',
  permission: 'administration=write',
  level: 'admin',
  body: z.object({ new_owner: z.string(), new_name: z.string().optional() }),
  handle: ({ context, repository, actor, view, body }) => {
    const target = findUser(context.store, body.new_owner);
    const name = body.new_name ?? repository.name;
    const taken = target !== undefined && findRepository(context.store, target.login, name) !== undefined;
    if (target === undefined || target.type === 'Bot' || taken) {
      throw validationFailed({ resource: 'Repository', code: 'invalid', field: 'new_owner' });
    }
    const before = findUserById(context.store, repository.owner_id);
    renameRepository(context.store, repository, before.login, target.id, name);
    const after = findRepositoryById(context.store, repository.id);
    const changes = { owner: { from: { user: renderUser(context.view, before) } } };
    emit(context, after, actor.user, 'repository', { action: 'transferred', changes });
    return { status: 202, body: renderRepository(view, after) };
  },
});
