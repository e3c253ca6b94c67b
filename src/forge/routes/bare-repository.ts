import { bareRepositoryPath } from '../context.ts';
import type { RepositoryRequest } from '../server/operation.ts';

/** Path of the bare repository that a request is about. */
export function bareOf(request: RepositoryRequest): string {
  return bareRepositoryPath(request.context, request.repository.id);
}
