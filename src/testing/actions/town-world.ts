import { Octokit } from '@octokit/rest';
import { onTestFinished } from 'vitest';
import { loadRoles } from '../../agent/load-roles.ts';
import { plannedFiles } from '../../entry/init/planned-files.ts';
import { type ReceivedPush, startForge } from '../../forge/index.ts';
import { pacedClock } from '../git/paced-clock.ts';
import { temporaryFolder } from '../git/temporary-folder.ts';
import type { RehearsalScript } from '../rehearsal/script.ts';
import { type RehearsalOptions, startRehearsalModel } from '../rehearsal/start-rehearsal-model.ts';
import { ledgerKey, program, uses } from './actions-of.ts';
import { type ActionsWorld, at, views } from './actions-world.ts';
import { inProcessTownJobs, type TownJobsSetup } from './in-process-town-jobs.ts';

export interface TownWorldChoice {
  /** `.github/gas-town.yml` of the rig. */
  readonly config: string;
  /** Left out: some key. Null: none, so that sessions are kept nowhere. */
  readonly ledgerKey?: null;
  readonly rehearsal?: RehearsalOptions;
  readonly meanwhile?: TownJobsSetup['meanwhile'];
}

export interface TownWorld extends Omit<ActionsWorld, 'model'> {
  readonly pushes: readonly ReceivedPush[];
  /** What was asked of GitHub's REST API: `<method> <path>`. */
  readonly requests: readonly string[];
  /** What git asked for: `<method> <path and query>`. */
  readonly gitRequests: readonly string[];
}

/** A GitHub that runs the workflow of a town with no server, its jobs in this process; waits between pushes are short ones. */
export async function townWorld(script: RehearsalScript, choice: TownWorldChoice): Promise<TownWorld> {
  const model = await startRehearsalModel(script, choice.rehearsal);
  const roles = await loadRoles({ folder: 'roles' });
  const pushes: ReceivedPush[] = [];
  const requests: string[] = [];
  const gitRequests: string[] = [];
  const jobs = inProcessTownJobs({
    model,
    roles,
    folder: await temporaryFolder(),
    patience: pacedClock().patience,
    meanwhile: choice.meanwhile,
  });
  const forge = await startForge({
    clock: clockBetweenSchedules(),
    actions: {
      actions: { [uses]: program },
      runAction: jobs,
      secrets: {
        OPENAI_API_KEY: 'any',
        ...(choice.ledgerKey === null ? {} : { GASTOWN_LEDGER_KEY: ledgerKey }),
      },
    },
    onPush: (push) => pushes.push(push),
    onGitRequest: (asked) => gitRequests.push(asked),
    onExchange: ({ request }) => requests.push(`${request.method} ${new URL(request.url).pathname}`),
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
  return { forge, owner, pushes, requests, gitRequests, ...views(owner) };
}

const quarterMs = 15 * 60_000;

/** A clock a minute after the next quarter of an hour: the schedule fires where a test lets it, not where one falls into it. */
function clockBetweenSchedules(): () => Date {
  const aheadMs = quarterMs - (Date.now() % quarterMs) + 60_000;
  return () => new Date(Date.now() + aheadMs);
}
