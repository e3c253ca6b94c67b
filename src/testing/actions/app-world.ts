import { rigImage } from '../../entry/check-machine.ts';
import { plannedFiles } from '../../entry/init/planned-files.ts';
import { runsOfApp } from '../../entry/runs-of-app.ts';
import type { ActionsOptions, ForgeOptions } from '../../forge/index.ts';
import type { RefStore } from '../../ledger/ports/ref-store.ts';
import type { Town } from '../../town/town.ts';
import { memoryRefs } from '../ledger/memory-refs.ts';
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
  /** What runs and the App speak by. Left out: refs of the repository, over git. */
  readonly refStore?: RefStore;
  readonly onPush?: ForgeOptions['onPush'];
  /** Given the town's parts before it opens. */
  readonly equip?: (parts: Town, folder: string) => void;
  /** What runs the jobs of the workflow that `gastown init --app` writes. */
  readonly actions: (model: RehearsalModel) => Promise<ActionsOptions>;
}

/** To look at refs in memory costs nothing. */
const inMemoryMs = 10;

/** A town that is an App and has its beads worked by runs of Actions; its own containers are folders. */
export function appWorld({
  script,
  rehearsal = {},
  settings,
  actions,
  equip,
  drops,
  refStore,
  onPush,
}: AppWorldSetup): Promise<TownUnderTest> {
  const planned = plannedFiles({ uses: `${uses}@v1`, app: true, appToken: false, ownWorkflows: [] });
  return townUnderTest({
    script,
    rehearsal,
    settings: { runner: 'actions', image: rigImage, ...settings },
    files: Object.fromEntries(planned.map(({ path, text }) => [path, text])),
    forge: async (model) => ({ actions: await actions(model), ...(onPush === undefined ? {} : { onPush }) }),
    ...(drops === undefined ? {} : { drops }),
    parts: (usual, { github, ledger, folder }) => {
      equip?.(usual, folder);
      const { hubs } = usual;
      const options = { folder, hubs, hubsOptions: github.hubs, ledger, ledgerKey, paced: false };
      const made = runsOfApp(refStore === undefined ? options : { ...options, refStore });
      return refStore === undefined ? made : { ...made, runRefs: { ...made.runRefs, everyMs: inMemoryMs } };
    },
  });
}

/** The same, with the jobs in this process and folders for their containers. */
export function appWorldInProcess(
  {
    limits = {},
    ...setup
  }: Omit<AppWorldSetup, 'actions' | 'equip' | 'refStore'> & {
    /** What the plan allows. */
    readonly limits?: Pick<ActionsOptions, 'runners' | 'waitingInGroup'>;
  },
  jobs: InProcessJobs = inProcessJobs({ refStore: memoryRefs().store }),
): Promise<TownUnderTest> {
  return appWorld({
    ...setup,
    settings: { verify: 'ls made-*.txt', ...setup.settings },
    equip: jobs.equip,
    ...(jobs.refStore === undefined ? {} : { refStore: jobs.refStore }),
    actions: async () => ({ ...limits, actions: { [uses]: program }, runAction: jobs.runAction }),
  });
}
