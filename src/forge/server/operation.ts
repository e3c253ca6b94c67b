import type { z } from 'zod';
import type { Actor, WritingActor } from '../auth/actor.ts';
import type { ForgeContext } from '../context.ts';
import type { CollaboratorLevel } from '../forge.ts';
import type { View } from '../render/view.ts';
import type { RepositoryRow } from '../store/rows.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** A parsed and admitted request, as a handler gets it. */
export interface ApiRequest<Body = unknown> {
  readonly context: ForgeContext;
  readonly view: View;
  readonly actor: Actor;
  /** The path below the REST root, as it was asked for. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Body;
}

/** A request to a repository that exists and that the actor may see. */
export interface RepositoryRequest<Body = unknown> extends ApiRequest<Body> {
  readonly repository: RepositoryRow;
}

/** A repository request that changes something: its actor has a user. */
export interface WriteRequest<Body = unknown> extends RepositoryRequest<Body> {
  readonly actor: WritingActor;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who may call an operation that is not about one repository. */
export type Caller = 'anyone' | 'app' | 'installation' | 'user' | 'token';

interface Described {
  readonly method: Method;
  /** GitHub's path template. A parameter named `ref`, `path`, `branch`, `basehead` or `name` may hold slashes. */
  readonly path: string;
  /** GitHub's operation id. */
  readonly operationId: string;
}

/** One row of the table that routing, permission checks and the documentation are made from. */
export interface Operation extends Described {
  readonly caller: Caller | 'repository';
  /** For repository operations: App permissions and the user's level. */
  readonly permission?: string;
  readonly level?: CollaboratorLevel;
  readonly bodySchema?: z.ZodType;
  readonly handle: (request: ApiRequest, repository: RepositoryRow | undefined) => Reply | Promise<Reply>;
}

interface General<Body> extends Described {
  readonly caller: Caller;
  readonly body?: z.ZodType<Body>;
  readonly handle: (request: ApiRequest<Body>) => Reply | Promise<Reply>;
}

/** Describes an operation that is not about one repository. */
export function operation<Body = undefined>(given: General<Body>): Operation {
  return {
    method: given.method,
    path: given.path,
    operationId: given.operationId,
    caller: given.caller,
    ...(given.body === undefined ? {} : { bodySchema: given.body }),
    handle: (request) => given.handle(request as ApiRequest<Body>),
  };
}

interface Reading extends Omit<Described, 'method'> {
  readonly permission: string;
  readonly level?: CollaboratorLevel;
  readonly handle: (request: RepositoryRequest) => Reply | Promise<Reply>;
}

/** Describes a GET on a repository; a reader's level unless told otherwise. */
export function read(given: Reading): Operation {
  return {
    method: 'GET',
    path: `/repos/{owner}/{repo}${given.path}`,
    operationId: given.operationId,
    caller: 'repository',
    permission: given.permission,
    level: given.level ?? 'read',
    handle: (request, repository) => given.handle({ ...request, repository: present(repository) }),
  };
}

interface Writing<Body> extends Described {
  readonly permission: string;
  readonly level: CollaboratorLevel;
  readonly body?: z.ZodType<Body>;
  readonly handle: (request: WriteRequest<Body>) => Reply | Promise<Reply>;
}

/** Describes a change to a repository. */
export function write<Body = undefined>(given: Writing<Body>): Operation {
  return {
    method: given.method,
    path: `/repos/{owner}/{repo}${given.path}`,
    operationId: given.operationId,
    caller: 'repository',
    permission: given.permission,
    level: given.level,
    ...(given.body === undefined ? {} : { bodySchema: given.body }),
    handle: (request, repository) => {
      const { actor } = request;
      if (actor.kind !== 'user' && actor.kind !== 'installation')
        throw new Error('a write was let through without a user');
      return given.handle({ ...(request as ApiRequest<Body>), repository: present(repository), actor });
    },
  };
}

function present(repository: RepositoryRow | undefined): RepositoryRow {
  if (repository === undefined) throw new Error('a repository operation was called without its repository');
  return repository;
}
