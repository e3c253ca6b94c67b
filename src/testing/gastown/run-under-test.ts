import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import Dockerode from 'dockerode';
import { onTestFinished } from 'vitest';
import type { RecordedEvent } from '../../domain/event.ts';
import { roleName } from '../../domain/session/events.ts';
import { workspaceTownName } from '../../entry/run/workspace-town-name.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { testEngine } from '../engine.ts';
import { temporaryFolder } from '../git/temporary-folder.ts';
import { type RehearsalScript, rehearsalModel } from '../rehearsal/script.ts';
import {
  type RehearsalModel,
  type RehearsalOptions,
  startRehearsalModel,
} from '../rehearsal/start-rehearsal-model.ts';
import { type GastownProcess, startGastown } from './gastown-process.ts';

/** `gastown run` on the real engine, in a workspace of its own, against a model that plays a script. */
export interface RunUnderTest {
  readonly workspace: string;
  readonly model: RehearsalModel;
  readonly env: NodeJS.ProcessEnv;
  /** The flags that give each role its rehearsal model. */
  readonly models: readonly string[];
  /** `run <task> --workspace … --json` with a model for each role, and what else is asked. */
  start(...more: readonly string[]): GastownProcess;
  /** The same in another environment. */
  startIn(env: NodeJS.ProcessEnv, ...more: readonly string[]): GastownProcess;
  /** All events of the workspace's ledger, read while no run has it open. */
  events(): Promise<readonly RecordedEvent[]>;
  /** Names of this workspace's containers that still run, of those that only lie there, and its images but the one that the next convoy would start from. */
  onEngine(): Promise<{ running: string[]; containers: string[]; images: string[] }>;
}

export const task = 'Make two files.';

export async function runUnderTest(
  script: RehearsalScript,
  options: RehearsalOptions = {},
): Promise<RunUnderTest> {
  const workspace = join(await realpath(await temporaryFolder()), 'workspace');
  const model = await startRehearsalModel(script, options);
  onTestFinished(() => model.close());
  const endpoint = await testEngine();
  const docker = new Dockerode(endpoint);
  const socket = 'socketPath' in endpoint ? { DOCKER_HOST: `unix://${endpoint.socketPath}` } : {};
  const { NEBIUS_API_KEY: _, ...inherited } = process.env;
  const env = { ...inherited, ...socket, OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'any' };
  const models = roleName.options.flatMap((role) => ['--model', `${role}=${rehearsalModel(role)}`]);
  const folder = join(workspace, '.gas-town');
  const town = workspaceTownName(folder);
  const filters = { label: [`gas-town.town=${town}`] };
  onTestFinished(async () => {
    for (const { Id } of await docker.listContainers({ all: true, filters })) {
      await docker.getContainer(Id).remove({ force: true });
    }
    for (const { Id } of await docker.listImages({ filters }))
      await docker.getImage(Id).remove({ force: true });
  });
  const startIn = (own: NodeJS.ProcessEnv, ...more: readonly string[]): GastownProcess =>
    startGastown(['run', task, '--workspace', workspace, '--json', ...models, ...more], own);
  return {
    workspace,
    model,
    env,
    models,
    start: (...more) => startIn(env, ...more),
    startIn,
    events: async () => {
      const ledger = openLedger({ path: join(folder, 'beads.db'), clock: () => new Date() });
      const events = ledger.readAll(0, 1_000_000);
      await ledger.close();
      return events;
    },
    onEngine: async () => {
      const containers = await docker.listContainers({ all: true, filters });
      const name = ({ Names }: { Names: string[] }): string => Names[0] ?? '';
      return {
        running: containers.filter(({ State }) => State === 'running').map(name),
        containers: containers.map(name),
        images: (await docker.listImages({ filters }))
          .filter(({ RepoTags }) => !RepoTags?.some((tag) => tag.startsWith('gas-town-line/')))
          .map(({ Id }) => Id),
      };
    },
  };
}
