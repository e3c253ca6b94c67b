import { Octokit } from '@octokit/rest';
import Dockerode from 'dockerode';
import { onTestFinished } from 'vitest';
import { plannedFiles } from '../../entry/init/planned-files.ts';
import { type Forge, startForge } from '../../forge/index.ts';
import { testEngine } from '../engine.ts';
import type { RehearsalScript } from '../rehearsal/script.ts';
import { type RehearsalModel, startRehearsalModel } from '../rehearsal/start-rehearsal-model.ts';
import { actionsOf, uses } from './actions-of.ts';

export const at = { owner: 'acme', repo: 'thing' };

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
      await docker.getContainer(Id).remove({ force: true, v: true });
  }
}
