import { atLeast, levelOf } from '../auth/levels.ts';
import type { CollaboratorLevel } from '../forge.ts';
import { ApiError } from '../server/api-error.ts';
import type { WriteRequest } from '../server/operation.ts';

/** Whether the writer has a level in the repository; an App's permissions were checked before. */
export function hasLevel(request: WriteRequest, level: CollaboratorLevel): boolean {
  const { actor, context, repository } = request;
  return actor.kind === 'installation' || atLeast(levelOf(context.store, repository, actor.user), level);
}

/** Lets authors change what they wrote, and others who have the level. @throws ApiError 403 */
export function mustOwnOrHave(request: WriteRequest, authorId: number, level: CollaboratorLevel): void {
  if (request.actor.user.id === authorId || hasLevel(request, level)) return;
  throw new ApiError(403, 'Must have admin rights to Repository.');
}
