import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roleName } from '../../src/domain/session/events.ts';
import { containerRunner, type Forge, startForge } from '../../src/forge/index.ts';
import { testEngine } from '../../src/testing/engine.ts';
import { rehearsalModel } from '../../src/testing/rehearsal/script.ts';
import { startRehearsalModel } from '../../src/testing/rehearsal/start-rehearsal-model.ts';
import { townImage } from './town-image.ts';

/** Milliseconds from the start of a job. */
export interface JobTimes {
  /** To the first line that our program prints. */
  readonly firstLine: number;
  /** To its end. */
  readonly end: number;
}

/**
 * Runs of the container action, each as a runner starts it: the job that settles a convoy which is not there. It looks at
 * the engine and its images, at the model's endpoint and at the ledger in the repository, finds nothing to do, and leaves.
 */
export interface SettleJobs {
  run(): Promise<JobTimes>;
  close(): Promise<void>;
}

export async function openSettleJobs(): Promise<SettleJobs> {
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-'));
  const model = await startRehearsalModel({ parts: [] });
  const forge = await startForge();
  const { id } = await forge.createRepository({ owner: 'acme', name: 'thing', seedCommit: true });
  const engine = await testEngine();
  const socketPath = 'socketPath' in engine ? engine.socketPath : '/var/run/docker.sock';
  const runAction = containerRunner({ engine, socketPath, imageOf: async () => townImage });
  let runs = 0;
  return {
    async run() {
      runs += 1;
      const files = join(folder, String(runs));
      await mkdir(files);
      const env = await environment(forge, model.baseUrl, files, id);
      const began = performance.now();
      let firstLine = Number.NaN;
      let printed = '';
      const never = new AbortController().signal;
      const status = await runAction({
        folder: files,
        args: ['action'],
        env,
        files,
        write(text) {
          if (printed === '') firstLine = performance.now() - began;
          printed += text;
        },
        interrupt: never,
        kill: never,
      });
      const end = performance.now() - began;
      if (status !== 0) throw new Error(`The job ended with ${status}: ${printed}`);
      return { firstLine, end };
    },
    async close() {
      await forge.close();
      await model.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function environment(
  forge: Forge,
  modelUrl: string,
  files: string,
  repositoryId: number,
): Promise<Record<string, string>> {
  const event = join(files, 'event.json');
  const repository = { id: repositoryId, name: 'thing', owner: { login: 'acme' }, private: true };
  await writeFile(event, JSON.stringify({ repository, inputs: { issue: '1' }, ref: 'refs/heads/main' }));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: forge.api,
    GITHUB_SERVER_URL: forge.html,
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_EVENT_PATH: event,
    GITHUB_RUN_ID: '1',
    RUNNER_TEMP: '/tmp',
    INPUT_PART: 'settle',
    INPUT_CONVOY: '1',
    'INPUT_GITHUB-TOKEN': forge.makeJobToken({ repository: 'acme/thing' }),
    'INPUT_OPENAI-API-KEY': 'any key',
    'INPUT_OPENAI-BASE-URL': modelUrl,
    INPUT_MODELS: roleName.options.map((role) => `${role}=${rehearsalModel(role)}`).join(),
    'INPUT_LEDGER-KEY': 'a ledger key of some length',
  };
}
