import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Task } from '../../chaos/world/task.ts';
import { wanderers } from '../../chaos/world/wanderers.ts';
import { openWorld, type World } from '../../chaos/world/world.ts';
import { plannedFiles } from '../../src/entry/init/planned-files.ts';
import type { ActionsOptions } from '../../src/forge/index.ts';
import { actionsOf, uses } from '../../src/testing/actions/actions-of.ts';
import type { RehearsalModel } from '../../src/testing/rehearsal/start-rehearsal-model.ts';
import type { Way } from '../costs/costs.ts';
import { type CountingProxy, countingProxy } from './counting-proxy.ts';

/** A world in which every request to GitHub is counted, the App's apart from those of jobs. */
export interface MeasuredWorld {
  readonly world: World;
  readonly app: CountingProxy;
  readonly jobs: CountingProxy;
  /** Processor seconds of each job that has ended. */
  jobCosts(): readonly number[];
  close(): Promise<void>;
}

/** So long does each reply of a model take: longer than edits of one comment are put together, as with real models. */
const replyMs = 12_000;

const config = (runner: 'local' | 'actions'): string =>
  `verify: find walls -name "*.txt" | grep -q .\npolecats: 6\nrunner: ${runner}\n`;

export async function openMeasuredWorld(way: Way, task: Task): Promise<MeasuredWorld> {
  const late: { jobs: CountingProxy | null } = { jobs: null };
  const notes = mkdtempSync(join(tmpdir(), 'gas-town-simulate-'));
  const jobCosts = join(notes, 'job-costs');
  writeFileSync(jobCosts, '');
  const world = await openWorld({
    script: wanderers([task]),
    capUsd: 100,
    modelFault: () => null,
    onExchange: () => undefined,
    modelLatencyMs: replyMs,
    files: filesOf(way),
    ...(way === 'app' ? {} : { actions: (model: RehearsalModel) => countedActions(model, late, jobCosts) }),
  });
  const app = await countingProxy(world.forge.html);
  const jobs = await countingProxy(world.forge.html);
  late.jobs = jobs;
  return {
    world,
    app,
    jobs,
    jobCosts: () => readFileSync(jobCosts, 'utf8').split('\n').filter(Boolean).map(Number),
    close: async () => {
      await app.close();
      await jobs.close();
      await world.close(false);
      rmSync(notes, { recursive: true });
    },
  };
}

function filesOf(way: Way): Record<string, string> {
  const settings = config(way === 'app-actions' ? 'actions' : 'local');
  if (way === 'app') return { '.github/gas-town.yml': settings };
  const plan = { uses: `${uses}@v1`, app: way === 'app-actions', appToken: false, ownWorkflows: [] };
  const planned = plannedFiles(plan).map(({ path, text }) => [path, text]);
  return { ...Object.fromEntries(planned), '.github/gas-town.yml': settings };
}

/** Jobs that reach GitHub through a proxy of their own, and leave behind what processor time they took. */
async function countedActions(
  model: RehearsalModel,
  late: { readonly jobs: CountingProxy | null },
  jobCosts: string,
): Promise<ActionsOptions> {
  const actions = await actionsOf(model, { SIMULATE_JOB_COSTS: jobCosts }, [
    `${import.meta.dirname}/job-process.ts`,
  ]);
  return {
    ...actions,
    runAction(call) {
      if (late.jobs === null) throw new Error('a job began before there was a world');
      const { root } = late.jobs;
      const own = { GITHUB_API_URL: `${root}/api/v3`, GITHUB_SERVER_URL: root };
      return actions.runAction({ ...call, env: { ...call.env, ...own } });
    },
  };
}
