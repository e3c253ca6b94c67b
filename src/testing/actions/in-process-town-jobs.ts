import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createGitStores } from '../../adapters/git/create-git-stores.ts';
import type { PushPatience } from '../../adapters/git/run-push.ts';
import { createBeadRuns } from '../../adapters/github/bead-runs.ts';
import { createHubs } from '../../adapters/github/create-hubs.ts';
import { openTokenProbot } from '../../adapters/github/receive-event.ts';
import type { Role } from '../../agent/role.ts';
import type { RoleName } from '../../domain/session/events.ts';
import { type ActionEnvironment, actionEnvironment } from '../../entry/action/action-environment.ts';
import { actionSettings } from '../../entry/action/action-settings.ts';
import { type ActionTown, lookMs } from '../../entry/action/action-town.ts';
import { writeOutputs } from '../../entry/action/job-results.ts';
import { type Job, jobOf } from '../../entry/action/job-task.ts';
import { openActionLedger } from '../../entry/action/open-action-ledger.ts';
import { runTask } from '../../entry/action/run-event.ts';
import { rigsFolder } from '../../entry/build-town.ts';
import { summarise } from '../../faces/cli/view/run-summary.ts';
import type { RunAction } from '../../forge/index.ts';
import type { GitLedger } from '../../ledger/git-refs/open-git-ledger.ts';
import { shareGit } from '../../town/dispatch/share-git.ts';
import { runnerOfRun } from '../../town/ports/bead-runs.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import type { RehearsalModel } from '../rehearsal/start-rehearsal-model.ts';
import { localSandboxes } from '../sandbox/local-sandboxes.ts';
import { sharedParts } from '../town-under-test/shared-parts.ts';

export interface TownJobsSetup {
  readonly model: Pick<RehearsalModel, 'baseUrl'>;
  readonly roles: ReadonlyMap<RoleName, Role>;
  readonly folder: string;
  readonly patience: PushPatience;
  /** Called with each job that has begun. */
  readonly meanwhile?: ((job: Job, ledger: GitLedger) => unknown) | undefined;
}

/**
 * Jobs of a town with no server, in this process: what `gastown action` does for each event, on a working copy and a bare
 * repository of its own, with folders for containers.
 */
export function inProcessTownJobs(setup: TownJobsSetup): RunAction {
  return async (call) => {
    const given = await actionEnvironment({
      ...call.env,
      GASTOWN_PACE: 'none',
      RUNNER_TEMP: join(setup.folder, randomUUID()),
    });
    const job = jobOf(given);
    if (job.task.kind === 'nothing') return 0;
    const parts = await open(setup, given, job, call.write);
    setup.meanwhile?.(job, parts.ledger);
    try {
      const convoy = await runTask(parts, job, given, new Promise<never>(() => undefined));
      const workspace = convoy?.opened.repository.name ?? '';
      if (convoy !== null) await writeOutputs(call.env, summarise({ convoy, wallMs: 0, workspace }));
      return 0;
    } catch (error) {
      call.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      return 1;
    } finally {
      await parts.ledger.close();
    }
  };
}

async function open(
  { model, roles, patience }: TownJobsSetup,
  given: ActionEnvironment,
  job: Job,
  write: (text: string) => void,
): Promise<ActionTown> {
  const probot = await openTokenProbot(given);
  const hubs = createHubs(probot.hubs);
  const remote = async (): Promise<Remote> => (await hubs.open(job.rig)).gitRemote();
  const tell = (error: unknown): void => write(`${String(error)}\n`);
  const ledger = await openActionLedger(given, job, remote, tell, patience);
  const stores = createGitStores({ folder: rigsFolder(given.folder), now: Date.now, patience });
  const town: ActionTown['town'] = {
    ...sharedParts(model, () => new Date()),
    roles,
    ledger,
    hubs,
    settingsFor: actionSettings(given.inputs, 'rig'),
    runner: runnerOfRun(given.run),
    runs: createBeadRuns({ ...probot.hubs, workflow: given.workflow }),
    anchorOf: (stream) => ledger.anchor(stream),
    sandboxes: localSandboxes(join(given.folder, 'sandboxes')),
    git: shareGit(stores, remote, (ref, to) => ledger.carry(ref, to)),
    onProgress: (progress) => {
      if (progress.kind === 'trouble') write(`${JSON.stringify(progress)}\n`);
    },
  };
  return { town, ledger, probot, remote, lookMs: lookMs(given) };
}
