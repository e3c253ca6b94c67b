import Dockerode from 'dockerode';
import { probeSandbox } from '../adapters/docker/probe/probe-sandbox.ts';
import { createGit } from '../adapters/git/git-process.ts';
import { requireGit } from '../adapters/git/git-version.ts';
import { checkEndpoint } from '../adapters/openai/check-endpoint.ts';
import type { Finding } from '../faces/cli/commands/doctor-command.ts';
import { defaultImage } from '../faces/cli/options/default-image.ts';
import { rigImage } from './check-machine.ts';
import { findEngine } from './find-engine.ts';
import { modelEndpoint } from './model-endpoint.ts';

/** Looks at everything that a run rests on. A check that can't be made is a finding too, never a crash. */
export async function examine({ image }: { readonly image: string }): Promise<readonly Finding[]> {
  const { env } = process;
  const found = [
    await finding('git is new enough', 'Install git 2.38 or newer.', () =>
      requireGit(createGit({ program: 'git', host: env, repository: null })),
    ),
    await modelFinding(env),
  ];
  const search = await findEngine(env);
  if (!search.found) {
    const whatToDo = 'Start Docker, or run `npm run setup` for an engine of its own.';
    const evidence = `looked at ${search.tried.join(', ')}`;
    return [...found, { claim: 'a Docker engine answers', holds: false, evidence, whatToDo }];
  }
  const docker = new Dockerode(search.endpoint);
  const engine = await finding('a Docker engine answers', 'Start it, or set DOCKER_HOST to another.', () =>
    docker.ping(),
  );
  if (!engine.holds) return [...found, engine];
  return [...found, engine, ...(await sandboxFindings(docker, image === defaultImage ? rigImage : image))];
}

async function sandboxFindings(docker: Dockerode, image: string): Promise<readonly Finding[]> {
  try {
    return await probeSandbox({ docker, town: `doctor-${process.pid}` }, image);
  } catch (error) {
    const whatToDo = 'Mend that first: nothing can be said about the sandbox without a container.';
    return [{ claim: `a container of ${image} starts`, holds: false, evidence: messageOf(error), whatToDo }];
  }
}

async function modelFinding(env: NodeJS.ProcessEnv): Promise<Finding> {
  const claim = 'a model endpoint takes the key';
  const endpoint = modelEndpoint(env);
  if (endpoint === null) {
    const whatToDo = 'Export OPENAI_API_KEY (with OPENAI_BASE_URL) or NEBIUS_API_KEY.';
    return { claim, holds: false, evidence: 'no key is set', whatToDo };
  }
  const checked = await checkEndpoint({ ...endpoint, models: [] });
  if (checked.status === 'ready' || checked.status === 'unlisted') {
    return { claim, holds: true, evidence: endpoint.baseURL, whatToDo: '' };
  }
  return { claim, holds: false, evidence: checked.status, whatToDo: checked.message };
}

async function finding(claim: string, whatToDo: string, check: () => Promise<unknown>): Promise<Finding> {
  try {
    await check();
    return { claim, holds: true, evidence: '', whatToDo: '' };
  } catch (error) {
    return { claim, holds: false, evidence: messageOf(error), whatToDo };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
