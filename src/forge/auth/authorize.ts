import type { CollaboratorLevel } from '../forge.ts';
import { ApiError, notFound, requiresAuthentication } from '../server/api-error.ts';
import type { RepositoryRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Actor } from './actor.ts';
import { atLeast, levelOf } from './levels.ts';

/** What a repository operation asks of its caller. */
export interface RepositoryAccess {
  /** The App permissions that open it, as GitHub's `x-accepted-github-permissions` writes them: `issues=write; pull_requests=write`. */
  readonly permission: string;
  /** What a user needs in the repository. */
  readonly level: CollaboratorLevel;
  readonly writes: boolean;
}

/**
 * Lets the actor through to a repository, or refuses as GitHub does: what the actor may not even read does not exist (404).
 * @throws ApiError 401, 403 or 404.
 */
export function authorize(
  store: Store,
  actor: Actor,
  repository: RepositoryRow,
  access: RepositoryAccess,
): void {
  const open = repository.private === 0;
  if (actor.kind === 'anonymous') {
    if (!open) throw notFound();
    if (access.writes || access.level !== 'read') throw requiresAuthentication();
    return;
  }
  if (actor.kind === 'app') throw notAccessible(access);
  if (actor.kind === 'user') {
    const level = levelOf(store, repository, actor.user);
    if (!atLeast(level, 'read')) throw notFound();
    if (!atLeast(level, access.level)) throw new ApiError(403, 'Must have admin rights to Repository.');
    return;
  }
  const covered =
    repository.owner_id === actor.installation.account_id &&
    (actor.repositoryIds === null || actor.repositoryIds.includes(repository.id));
  if (!covered && !open) throw notFound();
  const publicRead = open && !access.writes && access.level === 'read';
  if (publicRead) return;
  if (!covered || !holds(actor.permissions, access.permission)) throw notAccessible(access);
}

/** True where the permissions satisfy one of the alternatives in `accepted`. */
export function holds(permissions: Readonly<Record<string, string>>, accepted: string): boolean {
  return accepted.split('; ').some((alternative) =>
    alternative.split(',').every((part) => {
      const [name = '', level = ''] = part.split('=');
      return name === 'metadata' || permissions[name] === 'write' || permissions[name] === level;
    }),
  );
}

function notAccessible(access: RepositoryAccess): ApiError {
  return new ApiError(403, 'Resource not accessible by integration', {
    headers: { 'x-accepted-github-permissions': access.permission },
  });
}
