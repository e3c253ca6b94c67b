import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Octokit } from '@octokit/rest';
import Dockerode from 'dockerode';
import { findEngine } from '../../src/entry/find-engine.ts';
import { type ActionsOptions, type Forge, startForge } from '../../src/forge/index.ts';
import { EngineDoor } from '../../src/testing/engine-door.ts';
import type { Fault, RehearsalRequest } from '../../src/testing/rehearsal/fault.ts';
import type { RehearsalScript } from '../../src/testing/rehearsal/script.ts';
import {
  type Bill,
  type RehearsalModel,
  startRehearsalModel,
} from '../../src/testing/rehearsal/start-rehearsal-model.ts';
import { type DataDisk, openDataDisk } from './data-disk.ts';
import { rehearsalModels } from './wanderers.ts';

export const rig = { owner: 'acme', repo: 'wall' };

/** Everything outside of the town: a GitHub, a model's endpoint, an engine, and folders of its own. */
export interface World {
  readonly forge: Forge;
  readonly adminToken: string;
  /** The rig's owner. */
  readonly owner: Octokit;
  readonly bareRepository: string;
  readonly model: RehearsalModel;
  /** What the model's endpoint has counted. */
  readonly bills: readonly Bill[];
  readonly engine: Dockerode;
  /** What the town finds the engine behind; null where the engine is behind no socket. */
  readonly door: EngineDoor | null;
  /** The label by which the town's containers and images are found. */
  readonly townName: string;
  /** Where the town keeps its ledger. */
  readonly data: string;
  readonly disk: DataDisk;
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
  readonly script: RehearsalScript;
  /** What each convoy may spend, US dollars. */
  readonly capUsd: number;
  readonly modelFault: (request: RehearsalRequest) => Fault | null;
  readonly onExchange: () => void;
  readonly modelLatencyMs?: number;
  /** What the rig holds beside its README, by path; left out: the town's config alone. */
  readonly files?: Readonly<Record<string, string>>;
  /** Runs the rig's workflows; left out: nobody does. */
  readonly actions?: (model: RehearsalModel) => Promise<ActionsOptions>;
}

export async function openWorld(options: WorldOptions): Promise<World> {
  const { script, capUsd, modelFault, onExchange, modelLatencyMs = 0 } = options;
  const { files = { '.github/gas-town.yml': rigConfig(capUsd) } } = options;
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-chaos-'));
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  const adminToken = 'chaos-admin';
  const bills: Bill[] = [];
  const model = await startRehearsalModel(script, {
    fault: modelFault,
    onBilled: (bill) => bills.push(bill),
    latencyMs: modelLatencyMs,
  });
  const actions = await options.actions?.(model);
  const forge = await startForge({ adminToken, onExchange, ...(actions === undefined ? {} : { actions }) });
  const { bareRepository } = await forge.createRepository({
    owner: rig.owner,
    name: rig.repo,
    seedCommit: true,
  });
  const owner = new Octokit({ baseUrl: forge.api, auth: forge.userToken, log: silent });
  for (const [path, text] of Object.entries(files)) {
    const content = Buffer.from(text).toString('base64');
    await owner.rest.repos.createOrUpdateFileContents({ ...rig, path, message: `Add ${path}`, content });
  }
  const { engine, door } = await openEngine(folder);
  const townName = `app-${forge.app.id}`;
  const port = await freePort();
  const data = join(folder, 'data');
  const disk = openDataDisk(data);
  return {
    forge,
    adminToken,
    owner,
    bareRepository,
    model,
    bills,
    engine,
    door,
    townName,
    data,
    disk,
    temporary,
    port,
    env: environment({ forge, model, door, folder, temporary, data, port }),
    folder,
    close: async (keepFolder) => {
      await forge.close();
      await model.close();
      // What was to be found has been found: a run that went wrong leaves nothing on the engine either.
      const filters = { label: [`gas-town.town=${townName}`] };
      for (const { Id } of await engine.listContainers({ all: true, filters }))
        await engine.getContainer(Id).remove({ force: true, v: true });
      for (const { Id } of await engine.listImages({ filters }))
        await engine.getImage(Id).remove({ force: true });
      await door?.shut();
      disk.close(keepFolder);
      if (!keepFolder) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The environment of `gastown serve`. */
const environment = ({
  forge,
  model,
  door,
  folder,
  temporary,
  data,
  port,
}: Pick<
  World,
  'forge' | 'model' | 'door' | 'folder' | 'temporary' | 'data' | 'port'
>): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: folder,
  TMPDIR: temporary,
  ...(door ? { DOCKER_HOST: `unix://${door.path}` } : {}),
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
  GASTOWN_STALLED_AFTER: '5',
  // Each event is a line: what tells of a step can be the last that a life tells.
  GASTOWN_LOG: 'json',
  GASTOWN_LOG_LEVEL: 'debug',
  // Each life compiles nothing anew, as an installed one doesn't.
  NODE_COMPILE_CACHE: compiled,
  GASTOWN_DATA: data,
});

/** The engine that set-up finds, and the town's own way to it. */
async function openEngine(folder: string): Promise<Pick<World, 'engine' | 'door'>> {
  const search = await findEngine(process.env);
  if (!search.found) throw new Error('no Docker engine answers: run "npm run setup"');
  const { socketPath } = search.endpoint;
  const door = socketPath === undefined ? null : new EngineDoor(join(folder, 'docker.sock'), socketPath);
  await door?.open();
  return { engine: new Dockerode(search.endpoint), door };
}

const rigConfig = (capUsd: number): string =>
  [
    'verify: find walls -name "*.txt" | grep -q .',
    'polecats: 3',
    'attempts: 10',
    `budget_usd: ${capUsd}`,
    '',
  ].join('\n');

const compiled = fileURLToPath(new URL('../../node_modules/.cache/chaos', import.meta.url));

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
