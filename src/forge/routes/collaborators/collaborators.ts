import { z } from 'zod';
import { atLeast, isLevel, legacyPermission, levelFlags, levelOf } from '../../auth/levels.ts';
import type { CollaboratorLevel } from '../../forge.ts';
import { renderUser } from '../../render/user.ts';
import { ApiError, notFound, validationFailed } from '../../server/api-error.ts';
import { type RepositoryRequest, read, write } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { UserRow } from '../../store/rows.ts';
import { findUser } from '../../store/users.ts';

function userOf(request: RepositoryRequest): UserRow {
  const user = findUser(request.context.store, request.params.username ?? '');
  if (user === undefined) throw notFound();
  return user;
}

function givenLevel(request: RepositoryRequest, user: UserRow): CollaboratorLevel {
  if (request.repository.owner_id === user.id) return 'admin';
  const row = request.context.store.one<{ level: CollaboratorLevel }>(
    'SELECT level FROM collaborators WHERE repository_id = ? AND user_id = ?',
    request.repository.id,
    user.id,
  );
  return row?.level ?? 'none';
}

export const listCollaborators = read({
  path: '/collaborators',
  operationId: 'repos/list-collaborators',
  permission: 'metadata=read',
  level: 'write',
  handle: (request) => {
    const { context, repository, view } = request;
    const rows = context.store.all<UserRow>(
      `SELECT * FROM users WHERE id = ? OR id IN (SELECT user_id FROM collaborators WHERE repository_id = ? AND level <> 'none') ORDER BY id`,
      repository.owner_id,
      repository.id,
    );
    return listReply(request, rows, (user) => {
      const level = givenLevel(request, user);
      return { ...renderUser(view, user), permissions: levelFlags(level), role_name: level };
    });
  },
});

export const checkCollaborator = read({
  path: '/collaborators/{username}',
  operationId: 'repos/check-collaborator',
  permission: 'metadata=read',
  level: 'write',
  handle: (request) => {
    if (givenLevel(request, userOf(request)) === 'none') throw notFound();
    return { status: 204 };
  },
});

export const getCollaboratorPermission = read({
  path: '/collaborators/{username}/permission',
  operationId: 'repos/get-collaborator-permission-level',
  permission: 'metadata=read',
  level: 'write',
  handle: (request) => {
    const { context, repository, view } = request;
    const user = userOf(request);
    // An App has no role here, whatever its installation may do.
    if (user.type === 'Bot') throw new ApiError(404, `${user.login} is not a user`);
    const level = levelOf(context.store, repository, user);
    return {
      status: 200,
      body: {
        permission: legacyPermission(level),
        role_name: level,
        user: { ...renderUser(view, user), permissions: levelFlags(level), role_name: level },
      },
    };
  },
});

const legacy: Readonly<Record<string, CollaboratorLevel>> = { pull: 'read', push: 'write' };

export const addCollaborator = write({
  method: 'PUT',
  path: '/collaborators/{username}',
  operationId: 'repos/add-collaborator',
  permission: 'administration=write',
  level: 'admin',
  body: z.object({ permission: z.string().optional() }),
  handle: (request) => {
    const { context, repository, body } = request;
    const user = userOf(request);
    const named = body.permission ?? 'push';
    const level = legacy[named] ?? named;
    if (!isLevel(level) || !atLeast(level, 'read')) {
      throw validationFailed({ resource: 'Repository', code: 'invalid', field: 'permission', value: named });
    }
    context.store.run(
      'INSERT INTO collaborators (repository_id, user_id, level) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET level = excluded.level',
      repository.id,
      user.id,
      level,
    );
    return { status: 204 };
  },
});

export const removeCollaborator = write({
  method: 'DELETE',
  path: '/collaborators/{username}',
  operationId: 'repos/remove-collaborator',
  permission: 'administration=write',
  level: 'admin',
  handle: (request) => {
    const { context, repository } = request;
    const user = userOf(request);
    context.store.run(
      'DELETE FROM collaborators WHERE repository_id = ? AND user_id = ?',
      repository.id,
      user.id,
    );
    return { status: 204 };
  },
});
