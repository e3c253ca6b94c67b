import type { Actor } from '../auth/actor.ts';
import { authenticate } from '../auth/authenticate.ts';
import { holds } from '../auth/authorize.ts';
import { atLeast, levelOf } from '../auth/levels.ts';
import type { ForgeContext } from '../context.ts';
import { repositoryFullName } from '../render/repository.ts';
import { ApiError } from '../server/api-error.ts';
import { findRedirect, findRepository } from '../store/repositories.ts';
import type { RepositoryRow } from '../store/rows.ts';

export type GitService = 'git-upload-pack' | 'git-receive-pack';

export type Admission =
  | { readonly kind: 'admitted'; readonly repository: RepositoryRow; readonly actor: Actor }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 404; readonly message: string };

/** Decides whether a git client may fetch from or push to a repository. */
export function admitGit(
  context: ForgeContext,
  authorization: string | undefined,
  owner: string,
  name: string,
  service: GitService,
): Admission {
  const actor = actorOf(context, authorization);
  if (actor === undefined) return refused(401, 'Invalid username or token.\n');
  const { store } = context;
  const repository = findRepository(store, owner, name) ?? findRedirect(store, owner, name);
  const writes = service === 'git-receive-pack';
  if (actor.kind === 'anonymous') {
    if (repository === undefined || repository.private === 1 || writes) {
      return refused(401, 'Repository not found or authentication required.\n');
    }
    return { kind: 'admitted', repository, actor };
  }
  if (repository === undefined || !mayRead(context, actor, repository)) {
    return refused(404, 'Repository not found.\n');
  }
  const full = repositoryFullName(context, repository);
  if (writes && repository.archived === 1) {
    return refused(403, 'This repository was archived so it is read-only.\n');
  }
  if (writes && !mayWrite(context, actor, repository)) {
    const login = 'user' in actor ? actor.user.login : 'the App';
    return refused(403, `Permission to ${full}.git denied to ${login}.\n`);
  }
  return { kind: 'admitted', repository, actor };
}

function actorOf(context: ForgeContext, authorization: string | undefined): Actor | undefined {
  try {
    return authenticate(context, authorization);
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function covers(actor: Extract<Actor, { kind: 'installation' }>, repository: RepositoryRow): boolean {
  return (
    repository.owner_id === actor.installation.account_id &&
    (actor.repositoryIds === null || actor.repositoryIds.includes(repository.id))
  );
}

function mayRead(context: ForgeContext, actor: Actor, repository: RepositoryRow): boolean {
  if (actor.kind === 'user') return atLeast(levelOf(context.store, repository, actor.user), 'read');
  if (repository.private === 0) return true;
  return (
    actor.kind === 'installation' && covers(actor, repository) && holds(actor.permissions, 'contents=read')
  );
}

function mayWrite(context: ForgeContext, actor: Actor, repository: RepositoryRow): boolean {
  if (actor.kind === 'user') return atLeast(levelOf(context.store, repository, actor.user), 'write');
  return (
    actor.kind === 'installation' && covers(actor, repository) && holds(actor.permissions, 'contents=write')
  );
}

function refused(status: 401 | 403 | 404, message: string): Admission {
  return { kind: 'refused', status, message };
}
