import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import Dockerode from 'dockerode';
import { findEngine } from '../../src/entry/find-engine.ts';
import { type Forge, startForge } from '../../src/forge/index.ts';
import type { Fault, RehearsalRequest } from '../../src/testing/rehearsal/fault.ts';
import {
  type RehearsalModel,
  startRehearsalModel,
} from '../../src/testing/rehearsal/start-rehearsal-model.ts';
import type { Task } from './task.ts';
import { rehearsalModels, wanderers } from './wanderers.ts';

export const rig = { owner: 'acme', repo: 'wall' };

/** Everything outside of the town: a GitHub, a model's endpoint, an engine, and folders of its own. */
export interface World {
  readonly forge: Forge;
  readonly adminToken: string;
  /** The rig's owner. */
  readonly owner: Octokit;
  readonly bareRepository: string;
  readonly model: RehearsalModel;
  readonly engine: Dockerode;
  /** The label by which the town's containers and images are found. */
  readonly townName: string;
  /** Where the town keeps its ledger. */
  readonly data: string;
  /** The town's folder for temporary files. */
  readonly temporary: string;
  readonly port: number;
  /** The environment of `gastown serve`. */
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  /** The folder stays where somebody is to look at it. */
  close(keepFolder: boolean): Promise<void>;
}

export interface WorldOptions {
  readonly tasks: readonly Task[];
  readonly modelFault: (request: RehearsalRequest) => Fault | null;
  readonly onExchange: () => void;
}

export async function openWorld({ tasks, modelFault, onExchange }: WorldOptions): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-chaos-'));
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  const adminToken = 'chaos-admin';
  const model = await startRehearsalModel(wanderers(tasks), { fault: modelFault });
  const forge = await startForge({ adminToken, onExchange });
  const { bareRepository } = await forge.createRepository({
    owner: rig.owner,
    name: rig.repo,
    seedCommit: true,
  });
  const owner = new Octokit({ baseUrl: forge.api, auth: forge.userToken, log: silent });
  await owner.rest.repos.createOrUpdateFileContents({
    ...rig,
    path: '.github/gas-town.yml',
    message: 'Say how this is verified',
    content: Buffer.from('verify: find walls -name "*.txt" | grep -q .\npolecats: 3\n').toString('base64'),
  });
  const search = await findEngine(process.env);
  if (!search.found) throw new Error('no Docker engine answers: run "npm run setup"');
  const engine = new Dockerode(search.endpoint);
  const townName = `app-${forge.app.id}`;
  const port = await freePort();
  const data = join(folder, 'data');
  return {
    forge,
    adminToken,
    owner,
    bareRepository,
    model,
    engine,
    townName,
    data,
    temporary,
    port,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TMPDIR: temporary,
      ...('socketPath' in search.endpoint ? { DOCKER_HOST: `unix://${search.endpoint.socketPath}` } : {}),
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_API_KEY: 'any',
      GASTOWN_MODELS: rehearsalModels,
      GITHUB_API_URL: forge.api,
      GITHUB_SERVER_URL: forge.html,
      APP_ID: String(forge.app.id),
      PRIVATE_KEY: forge.app.privateKey.replaceAll('\n', '\\n'),
      WEBHOOK_SECRET: forge.webhookSecret,
      PORT: String(port),
      GASTOWN_PACE: 'none',
      GASTOWN_SHOWN_WITHIN: '1',
      GASTOWN_DATA: data,
    },
    folder,
    close: async (keepFolder) => {
      await forge.close();
      await model.close();
      // What was to be found has been found: a run that went wrong leaves nothing on the engine either.
      const filters = { label: [`gas-town.town=${townName}`] };
      for (const { Id } of await engine.listContainers({ all: true, filters }))
        await engine.getContainer(Id).remove({ force: true });
      for (const { Id } of await engine.listImages({ filters }))
        await engine.getImage(Id).remove({ force: true });
      if (!keepFolder) await rm(folder, { recursive: true, force: true });
    },
  };
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A port that was free a moment ago: the town must find the same one again after each of its deaths. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
