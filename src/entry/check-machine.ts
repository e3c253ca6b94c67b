import { join } from 'node:path';
import Dockerode from 'dockerode';
import { GitMissing, GitTooOld } from '../adapters/git/git-errors.ts';
import { createGit } from '../adapters/git/git-process.ts';
import { requireGit } from '../adapters/git/git-version.ts';
import { checkEndpoint } from '../adapters/openai/check-endpoint.ts';
import { loadRoles } from '../agent/load-roles.ts';
import type { Role } from '../agent/role.ts';
import { RoleFileWrong } from '../agent/role-file-wrong.ts';
import type { RoleName } from '../domain/session/events.ts';
import { CannotRun } from '../faces/cli/cannot-run.ts';
import type { RunOptions } from '../faces/cli/options/run-options.ts';
import type { Town } from '../town/town.ts';
import { findEngine } from './find-engine.ts';
import { type Endpoint, modelEndpoint } from './model-endpoint.ts';
import { packageFolder } from './package-folder.ts';

export interface Machine {
  readonly docker: Dockerode;
  readonly endpoint: Endpoint;
  readonly roles: ReadonlyMap<RoleName, Role>;
  readonly models: Town['models'];
}

/** What is asked of a machine: an image, and models for the roles. */
export interface Wanted {
  readonly image: string;
  readonly models: RunOptions['models'];
}

/** The image that set-up builds. */
export const rigImage = 'gas-town-rig:latest';

/** The roles and the endpoint alone, for what asks no model and starts no container; nothing is looked for. */
export async function unusedMachine(
  wanted: Pick<Wanted, 'models'>,
  env: NodeJS.ProcessEnv,
): Promise<Machine> {
  const roles = await endingWith(() => loadRoles({ folder: join(packageFolder, 'roles') }));
  const endpoint = modelEndpoint(env) ?? { baseURL: 'http://127.0.0.1:9', apiKey: 'none' };
  return { docker: new Dockerode(), endpoint, roles, models: modelsOf(roles, wanted.models) };
}

/** Looks for all that a run needs before anything is made. Rejects with `CannotRun`, one sentence that says what to do. */
export async function checkMachine(wanted: Wanted, env: NodeJS.ProcessEnv): Promise<Machine> {
  const roles = await endingWith(() => loadRoles({ folder: join(packageFolder, 'roles') }));
  const models = modelsOf(roles, wanted.models);
  const endpoint = modelEndpoint(env);
  if (endpoint === null) {
    throw new CannotRun(
      'noKey',
      'No model key is set: export OPENAI_API_KEY (with OPENAI_BASE_URL) or NEBIUS_API_KEY.',
    );
  }
  await endingWith(() => requireGit(createGit({ program: 'git', host: env, repository: null })));
  const docker = await openEngine(env);
  await requireImage(docker, wanted.image);
  await requireModels(endpoint, models);
  return { docker, endpoint, roles, models };
}

/** Each of these errors says in one sentence what to mend; here it gets the exit status that goes with it. */
async function endingWith<T>(look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof RoleFileWrong) throw new CannotRun('role', error.message, { cause: error });
    if (error instanceof GitMissing || error instanceof GitTooOld) {
      throw new CannotRun('git', error.message, { cause: error });
    }
    throw error;
  }
}

function modelsOf(roles: ReadonlyMap<RoleName, Role>, chosen: RunOptions['models']): Town['models'] {
  const entries = [...roles].map(([name, role]) => {
    const own = chosen.byRole[name] ?? chosen.all;
    return [name, own === null ? role.models : [own]] as const;
  });
  return Object.fromEntries(entries) as Town['models'];
}

/** The engine that answers. Rejects with `CannotRun`. */
export async function openEngine(env: NodeJS.ProcessEnv): Promise<Dockerode> {
  const search = await findEngine(env);
  if (!search.found) {
    throw new CannotRun(
      'docker',
      'No Docker engine answers: start Docker, or run `npm run setup` for one of our own.',
    );
  }
  const docker = new Dockerode(search.endpoint);
  try {
    await docker.ping();
  } catch (error) {
    throw new CannotRun(
      'docker',
      'The Docker engine does not answer: start it, or set DOCKER_HOST to another.',
      {
        cause: error,
      },
    );
  }
  return docker;
}

async function requireImage(docker: Dockerode, image: string): Promise<void> {
  const images = await docker.listImages({ filters: { reference: [image] } });
  if (images.length > 0) return;
  const help = image === rigImage ? 'run `npm run setup`, which builds it' : `run \`docker pull ${image}\``;
  throw new CannotRun('docker', `The engine has no image ${image}: ${help}, or name another with --image.`);
}

async function requireModels(endpoint: Endpoint, models: Town['models']): Promise<void> {
  const checked = await checkEndpoint({ ...endpoint, models: Object.values(models).map(([first]) => first) });
  if (checked.status === 'ready' || checked.status === 'unlisted') return;
  const statuses = { 'key-refused': 'keyRefused', 'unknown-model': 'unknownModel' } as const;
  const status =
    checked.status === 'unreachable' || checked.status === 'failed' ? 'model' : statuses[checked.status];
  throw new CannotRun(status, checked.message);
}
