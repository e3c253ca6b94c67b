import { levelFlags, levelOf } from '../../auth/levels.ts';
import { renderRepository } from '../../render/repository.ts';
import { read } from '../../server/operation.ts';

export const getRepository = read({
  path: '',
  operationId: 'repos/get',
  permission: 'metadata=read',
  handle: ({ actor, context, repository, view }) => {
    const body = renderRepository(view, repository);
    if (actor.kind !== 'user') return { status: 200, body };
    const permissions = levelFlags(levelOf(context.store, repository, actor.user));
    return { status: 200, body: { ...body, permissions } };
  },
});
