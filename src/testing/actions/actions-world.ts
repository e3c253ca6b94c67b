import { fileURLToPath } from 'node:url';
import { Octokit } from '@octokit/rest';
import Dockerode from 'dockerode';
import { onTestFinished } from 'vitest';
import { roleName } from '../../domain/session/events.ts';
import { plannedFiles } from '../../entry/init/planned-files.ts';
import { type ActionsOptions, type Forge, processRunner, startForge } from '../../forge/index.ts';
import { testEngine } from '../engine.ts';
import { type RehearsalScript, rehearsalModel } from '../rehearsal/script.ts';
import { type RehearsalModel, startRehearsalModel } from '../rehearsal/start-rehearsal-model.ts';

export const at = { owner: 'acme', repo: 'thing' };
export const uses = 'gas-town-on-github/gas-town';
export const ledgerKey = 'a ledger key of some length';
export const program = fileURLToPath(new URL('../../../', import.meta.url));

/** A GitHub that runs the workflow which `gastown init` writes, each job a process of the program with an engine. */
export interface ActionsWorld {
  readonly forge: Forge;
  readonly owner: Octokit;
  readonly model: RehearsalModel;
  /** The job logs so far, newest run first. */
  logs(): Promise<string>;
  jobs(): Promise<readonly string[]>;
  refs(): Promise<readonly string[]>;
}

/** What makes a forge run jobs as processes of the program, with an engine and a model. */
export async function actionsOf(
  model: Pick<RehearsalModel, 'baseUrl'>,
  env: Readonly<Record<string, string>> = {},
): Promise<ActionsOptions> {
  const engine = await testEngine();
  const socket = 'socketPath' in engine ? { DOCKER_HOST: `unix://${engine.socketPath}` } : {};
  return {
    actions: { [uses]: program },
    runAction: processRunner({
      command: process.execPath,
      args: [`${program}bin/gastown`],
      env: { ...ofTheMachine(), ...socket, ...env },
    }),
    secrets: { OPENAI_API_KEY: 'any key of a model', GASTOWN_LEDGER_KEY: ledgerKey },
    variables: {
      OPENAI_BASE_URL: model.baseUrl,
      GASTOWN_MODELS: roleName.options.map((role) => `${role}=${rehearsalModel(role)}`).join(),
    },
  };
}

/** What a runner's own machine gives a job. Without its certificates the job would build itself another sandbox image. */
function ofTheMachine(): Record<string, string> {
  const { PATH = '', NODE_EXTRA_CA_CERTS, SSL_CERT_FILE } = process.env;
  return {
    PATH,
    ...(NODE_EXTRA_CA_CERTS === undefined ? {} : { NODE_EXTRA_CA_CERTS }),
    ...(SSL_CERT_FILE === undefined ? {} : { SSL_CERT_FILE }),
  };
}

export async function actionsWorld(script: RehearsalScript, config: string): Promise<ActionsWorld> {
  const model = await startRehearsalModel(script);
  const forge = await startForge({ actions: await actionsOf(model) });
  onTestFinished(async () => {
    await forge.close();
    await model.close();
    await removeLeft();
  });
  await forge.createRepository({ owner: at.owner, name: at.repo, seedCommit: true });
  const owner = new Octokit({ baseUrl: forge.api, auth: forge.userToken });
  const files = [
    ...plannedFiles({ uses: `${uses}@v1`, app: false, appToken: false, ownWorkflows: [] }).filter(
      ({ path }) => path !== '.github/gas-town.yml',
    ),
    { path: '.github/gas-town.yml', text: config },
  ];
  for (const { path, text } of files) {
    const content = Buffer.from(text).toString('base64');
    await owner.rest.repos.createOrUpdateFileContents({ ...at, path, message: `Add ${path}`, content });
  }
  return { forge, owner, model, ...views(owner) };
}

/** What a test sees of a repository's runs and refs. */
export function views(owner: Octokit): Pick<ActionsWorld, 'logs' | 'jobs' | 'refs'> {
  const runs = async () =>
    (await owner.rest.actions.listWorkflowRunsForRepo({ ...at, per_page: 100 })).data.workflow_runs;
  const jobsOf = async (run_id: number) =>
    (await owner.rest.actions.listJobsForWorkflowRun({ ...at, run_id })).data.jobs;
  return {
    async logs() {
      const texts: string[] = [];
      for (const run of await runs()) {
        for (const job of await jobsOf(run.id)) {
          if (job.conclusion === 'skipped') continue;
          const { data } = await owner.rest.actions.downloadJobLogsForWorkflowRun({ ...at, job_id: job.id });
          texts.push(`=== ${run.display_title} / ${job.name}: ${job.conclusion}\n${String(data)}`);
        }
      }
      return texts.join('\n');
    },
    async jobs() {
      const all: string[] = [];
      for (const run of await runs()) {
        for (const job of await jobsOf(run.id))
          all.push(`${run.display_title} / ${job.name}: ${job.conclusion ?? job.status}`);
      }
      return all.reverse();
    },
    async refs() {
      const { data } = await owner.rest.git.listMatchingRefs({ ...at, ref: 'gas-town/' });
      return data.map(({ ref }) => ref);
    },
  };
}

/** Whatever jobs that were killed left on the engine. */
export async function removeLeft(): Promise<void> {
  const docker = new Dockerode(await testEngine());
  const filters = { label: ['gas-town.town'] };
  for (const { Id, Labels } of await docker.listContainers({ all: true, filters })) {
    if (Labels['gas-town.town']?.startsWith('actions-'))
      await docker.getContainer(Id).remove({ force: true });
  }
}
