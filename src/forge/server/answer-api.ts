import type { IncomingMessage } from 'node:http';
import type { Actor } from '../auth/actor.ts';
import { authenticate } from '../auth/authenticate.ts';
import { authorize } from '../auth/authorize.ts';
import type { ForgeContext } from '../context.ts';
import { mergeWaiting } from '../effects/merge-waiting.ts';
import { callerName } from '../limits/caller-name.ts';
import { allowanceHeaders } from '../limits/rate-limits.ts';
import { repositoryFullName } from '../render/repository.ts';
import type { View } from '../render/view.ts';
import { findRedirect, findRepository, findRepositoryWithId } from '../store/repositories.ts';
import type { RepositoryRow } from '../store/rows.ts';
import { ApiError, badCredentials, notFound, requiresAuthentication } from './api-error.ts';
import { checkAccept } from './check-accept.ts';
import type { ApiRequest, Operation, Reply } from './operation.ts';
import { fitBody, parseJson, readBody } from './read-body.ts';
import type { Match, Router } from './router.ts';

/** What became of a REST request; `body` is the parsed request body where it was read. */
export interface Answer {
  readonly reply: Reply;
  readonly operation: Operation | undefined;
  readonly body: unknown;
}

/** Answers one REST request below `/api/v3`. Refusals are answers; only defects of the forge are thrown. */
export async function answerApi(
  context: ForgeContext,
  router: Router,
  view: View,
  request: IncomingMessage,
  url: URL,
): Promise<Answer> {
  const path = url.pathname.slice('/api/v3'.length);
  // No name on GitHub holds a NUL, and no argument of a process may.
  const clean = !/%00/.test(url.pathname + url.search);
  const match = clean ? router.match(request.method ?? 'GET', named(context, path)) : undefined;
  let body: unknown;
  let caller = 'anonymous';
  let leave: () => void = () => undefined;
  const done = (reply: Reply, operation: Operation | undefined): Answer => ({
    reply: { ...reply, headers: { ...allowanceHeaders(context.limits.allowance(caller)), ...reply.headers } },
    operation,
    body,
  });
  try {
    const raw = await readBody(request);
    checkAccept(request.headers.accept);
    const actor = authenticate(context, request.headers.authorization);
    if (!clean) throw notFound();
    if (match === undefined) return done(notServed(request.method, path), undefined);
    const { operation, params } = match;
    caller = callerName(actor);
    leave = context.limits.enter(caller, operation.method, createsContent.test(operation.operationId));
    const repository = admit(context, actor, match);
    body = parseJson(raw);
    const fitted = operation.bodySchema === undefined ? undefined : fitBody(operation.bodySchema, body);
    const asked: ApiRequest = {
      context,
      view,
      actor,
      path,
      params,
      query: url.searchParams,
      headers: request.headers,
      body: fitted,
    };
    const reply = await operation.handle(asked, repository);
    if (operation.method !== 'GET') await mergeWaiting(context);
    return done(reply, operation);
  } catch (error) {
    if (error instanceof Moved) {
      return done(movedReply(view, request, url, path, error.to), match?.operation);
    }
    if (!(error instanceof ApiError)) throw error;
    const { status, headers } = error;
    return done({ status, headers, body: error.body() }, match?.operation);
  } finally {
    leave();
  }
}

/** Operations that GitHub paces as content: what notifies people. */
const createsContent =
  /^(issues\/(create|create-comment|add-sub-issue|add-blocked-by-dependency)|pulls\/(create|create-review|create-review-comment|create-reply-for-review-comment|request-reviewers|merge))$/;

/** `/repositories/ID/...` is where redirects lead: the same as by name. */
function named(context: ForgeContext, path: string): string {
  const [, id, tail = ''] = /^\/repositories\/(\d{1,15})(\/.*)?$/.exec(path) ?? [];
  const repository = id === undefined ? undefined : findRepositoryWithId(context.store, Number(id));
  return repository === undefined ? path : `/repos/${repositoryFullName(context, repository)}${tail}`;
}

/** A repository was asked for by a name that it had before. */
class Moved extends Error {
  override readonly name = 'Moved';
  readonly to: RepositoryRow;
  constructor(to: RepositoryRow) {
    super(`the repository is now ${to.name}`);
    this.to = to;
  }
}

function admit(context: ForgeContext, actor: Actor, match: Match): RepositoryRow | undefined {
  const { operation, params } = match;
  if (operation.caller !== 'repository') {
    admitCaller(actor, operation.caller);
    return undefined;
  }
  const { owner = '', repo = '' } = params;
  const found = findRepository(context.store, owner, repo);
  const repository = found ?? findRedirect(context.store, owner, repo);
  if (repository === undefined) throw notFound();
  authorize(context.store, actor, repository, {
    permission: operation.permission ?? '',
    level: operation.level ?? 'read',
    writes: operation.method !== 'GET',
  });
  if (found === undefined) throw new Moved(repository);
  if (repository.archived === 1 && operation.method !== 'GET' && operation.operationId !== 'repos/update') {
    throw new ApiError(403, 'Repository was archived so is read-only.');
  }
  return repository;
}

function admitCaller(actor: Actor, caller: Exclude<Operation['caller'], 'repository'>): void {
  if (caller === 'anyone') return;
  if (actor.kind === 'anonymous') throw requiresAuthentication();
  if (caller === 'app') {
    if (actor.kind === 'app') return;
    throw new ApiError(401, 'A JSON web token could not be decoded');
  }
  if (actor.kind === 'app') throw badCredentials();
  if (caller === 'user' && actor.kind === 'installation') {
    throw new ApiError(403, 'Resource not accessible by integration');
  }
  if (caller === 'installation' && actor.kind === 'user') {
    throw new ApiError(
      403,
      'You must authenticate with an installation access token in order to list repositories for an installation.',
    );
  }
}

function notServed(method: string | undefined, path: string): Reply {
  const error = new ApiError(
    501,
    `This forge does not serve ${method} ${path}; docs/forge.md lists every operation that it serves.`,
  );
  return { status: 501, body: error.body() };
}

function movedReply(view: View, request: IncomingMessage, url: URL, path: string, to: RepositoryRow): Reply {
  const tail = path.split('/').slice(4).join('/');
  const location = `${view.api}/repositories/${to.id}${tail === '' ? '' : `/${tail}`}${url.search}`;
  const reading = request.method === 'GET';
  return {
    status: reading ? 301 : 307,
    headers: { location },
    body: {
      message: reading ? 'Moved Permanently' : 'Temporary Redirect',
      url: location,
      documentation_url:
        'https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api#follow-redirects',
    },
  };
}
