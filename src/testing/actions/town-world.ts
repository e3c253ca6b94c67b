import { Octokit } from '@octokit/rest';
import { onTestFinished } from 'vitest';
import { loadRoles } from '../../agent/load-roles.ts';
import { plannedFiles } from '../../entry/init/planned-files.ts';
import { type ForgeOptions, type ReceivedPush, type RunAction, startForge } from '../../forge/index.ts';
import { pacedClock } from '../git/paced-clock.ts';
import { temporaryFolder } from '../git/temporary-folder.ts';
import type { RehearsalScript } from '../rehearsal/script.ts';
import { type RehearsalOptions, startRehearsalModel } from '../rehearsal/start-rehearsal-model.ts';
import { ledgerKey, program, uses } from './actions-of.ts';
import { type ActionsWorld, at, views } from './actions-world.ts';
import { inProcessTownJobs } from './in-process-town-jobs.ts';

export interface TownWorldChoice {
  /** `.github/gas-town.yml` of the rig. */
  readonly config: string;
  /** Left out: as many as one likes. */
  readonly pushesPerMinute?: number;
  readonly rehearsal?: RehearsalOptions;
  /** Left out: some key. Null: none, so that sessions are kept nowhere. */
  readonly ledgerKey?: null;
  /** Stands between the forge and the jobs. */
  readonly between?: (run: RunAction) => RunAction;
}

export interface TownWorld extends Omit<ActionsWorld, 'model'> {
  readonly pushes: readonly ReceivedPush[];
}

const noLimit = 1e9;

const limitsOf = (pushesPerMinute: number): Required<ForgeOptions>['limits'] => ({
  hourly: noLimit,
  hourlyOfJobs: noLimit,
  pointsPerMinute: noLimit,
  concurrent: noLimit,
  contentPerMinute: noLimit,
  contentPerHour: noLimit,
  pushesPerMinute,
});

/** A GitHub that runs the workflow of a town with no server, its jobs in this process; who waits for the server moves its clock. */
export async function townWorld(script: RehearsalScript, choice: TownWorldChoice): Promise<TownWorld> {
  const model = await startRehearsalModel(script, choice.rehearsal);
  const roles = await loadRoles({ folder: 'roles' });
  const clock = pacedClock();
  const pushes: ReceivedPush[] = [];
  const jobs = inProcessTownJobs({
    model,
    roles,
    folder: await temporaryFolder(),
    patience: clock.patience,
  });
  const { between = (run) => run, pushesPerMinute = noLimit } = choice;
  const forge = await startForge({
    clock: clock.now,
    limits: limitsOf(pushesPerMinute),
    actions: {
      actions: { [uses]: program },
      runAction: between(jobs),
      secrets: {
        OPENAI_API_KEY: 'any',
        ...(choice.ledgerKey === null ? {} : { GASTOWN_LEDGER_KEY: ledgerKey }),
      },
    },
    onPush: (push) => pushes.push(push),
  });
  onTestFinished(async () => {
    await forge.close();
    await model.close();
  });
  await forge.createRepository({ owner: at.owner, name: at.repo, seedCommit: true });
  const owner = new Octokit({ baseUrl: forge.api, auth: forge.userToken });
  const planned = plannedFiles({ uses: `${uses}@v1`, app: false, appToken: false, ownWorkflows: [] });
  for (const { path, text } of planned) {
    const content = Buffer.from(path === '.github/gas-town.yml' ? choice.config : text).toString('base64');
    await owner.rest.repos.createOrUpdateFileContents({ ...at, path, message: `Add ${path}`, content });
  }
  return { forge, owner, pushes, ...views(owner) };
}
