import { renderPrivateUser, renderPublicUser } from '../../render/user.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { operation } from '../../server/operation.ts';
import { findUser } from '../../store/users.ts';

export const getAuthenticatedUser = operation({
  method: 'GET',
  path: '/user',
  operationId: 'users/get-authenticated',
  caller: 'user',
  handle: ({ actor, view }) => {
    if (actor.kind !== 'user') throw new ApiError(403, 'Resource not accessible by integration');
    return { status: 200, body: renderPrivateUser(view, actor.user) };
  },
});

export const getUser = operation({
  method: 'GET',
  path: '/users/{username}',
  operationId: 'users/get-by-username',
  caller: 'anyone',
  handle: ({ context, params, view }) => {
    const user = findUser(context.store, params.username ?? '');
    if (user === undefined) throw notFound();
    return { status: 200, body: renderPublicUser(view, user) };
  },
});
