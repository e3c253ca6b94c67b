import type { Actor } from '../auth/actor.ts';
import { authorize } from '../auth/authorize.ts';
import type { ForgeContext } from '../context.ts';
import { findRepository } from '../store/repositories.ts';
import { notFound } from './api-error.ts';
import type { Reply } from './operation.ts';
import { fitBody } from './read-body.ts';
import type { Router } from './router.ts';

/** Performs a repository operation for an actor that is already known. @throws ApiError as the API would answer. */
export async function performAs(
  context: ForgeContext,
  router: Router,
  actor: Actor,
  method: string,
  path: string,
  body: unknown,
): Promise<Reply> {
  const match = router.match(method, path);
  const { owner = '', repo = '' } = match?.params ?? {};
  const repository = findRepository(context.store, owner, repo);
  if (match === undefined || repository === undefined) throw notFound();
  const { operation, params } = match;
  authorize(context.store, actor, repository, {
    permission: operation.permission ?? '',
    level: operation.level ?? 'read',
    writes: operation.method !== 'GET',
  });
  const fitted = operation.bodySchema === undefined ? undefined : fitBody(operation.bodySchema, body);
  const query = new URLSearchParams();
  return operation.handle(
    { context, view: context.view, actor, path, params, query, headers: {}, body: fitted },
    repository,
  );
}
