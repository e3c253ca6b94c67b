import { rigImage } from '../../entry/check-machine.ts';
import { plannedFiles } from '../../entry/init/planned-files.ts';
import { runsOfApp } from '../../entry/runs-of-app.ts';
import type { ActionsOptions } from '../../forge/index.ts';
import type { Town } from '../../town/town.ts';
import type { RehearsalScript } from '../rehearsal/script.ts';
import type { RehearsalModel, RehearsalOptions } from '../rehearsal/start-rehearsal-model.ts';
import { type TownSetup, type TownUnderTest, townUnderTest } from '../town-under-test/town-under-test.ts';
import { ledgerKey, program, uses } from './actions-of.ts';
import { type InProcessJobs, inProcessJobs } from './in-process-jobs.ts';

export interface AppWorldSetup {
  readonly script: RehearsalScript;
  readonly rehearsal?: RehearsalOptions;
  readonly settings?: TownSetup['settings'];
  readonly drops?: TownSetup['drops'];
  /** Given the town's parts before it opens. */
  readonly equip?: (parts: Town, folder: string) => void;
  /** What runs the jobs of the workflow that `gastown init --app` writes. */
  readonly actions: (model: RehearsalModel) => Promise<ActionsOptions>;
}

/** A town that is an App and has its beads worked by runs of Actions; its own containers are folders. */
export function appWorld({
  script,
  rehearsal = {},
  settings,
  actions,
  equip,
  drops,
}: AppWorldSetup): Promise<TownUnderTest> {
  const planned = plannedFiles({ uses: `${uses}@v1`, app: true, appToken: false, ownWorkflows: [] });
  return townUnderTest({
    script,
    rehearsal,
    settings: { runner: 'actions', image: rigImage, ...settings },
    files: Object.fromEntries(planned.map(({ path, text }) => [path, text])),
    forge: async (model) => ({ actions: await actions(model) }),
    ...(drops === undefined ? {} : { drops }),
    parts: (usual, { github, ledger, folder }) => {
      equip?.(usual, folder);
      const { hubs } = usual;
      return runsOfApp({ folder, hubs, hubsOptions: github.hubs, ledger, ledgerKey, paced: false });
    },
  });
}

/** The same, with the jobs in this process and folders for their containers. */
export function appWorldInProcess(
  setup: Omit<AppWorldSetup, 'actions' | 'equip'>,
  jobs: InProcessJobs = inProcessJobs(),
): Promise<TownUnderTest> {
  return appWorld({
    ...setup,
    settings: { verify: 'ls made-*.txt', ...setup.settings },
    equip: jobs.equip,
    actions: async () => ({ actions: { [uses]: program }, runAction: jobs.runAction }),
  });
}
