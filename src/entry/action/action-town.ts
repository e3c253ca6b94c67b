import { createBeadRuns } from '../../adapters/github/bead-runs.ts';
import { createHubs } from '../../adapters/github/create-hubs.ts';
import { openTokenProbot } from '../../adapters/github/receive-event.ts';
import type { GitLedger } from '../../ledger/git-refs/open-git-ledger.ts';
import { shareGit } from '../../town/dispatch/share-git.ts';
import { runnerOfRun } from '../../town/ports/bead-runs.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import type { Town } from '../../town/town.ts';
import { markerKeyFrom } from '../../town/voice/marker.ts';
import { buildTown } from '../build-town.ts';
import { checkMachine, unusedMachine } from '../check-machine.ts';
import { hostCertificates } from '../host-certificates.ts';
import { modelsFromEnvironment } from '../models-from-environment.ts';
import type { ActionEnvironment } from './action-environment.ts';
import { actionSettings } from './action-settings.ts';
import { haveRigImage } from './have-rig-image.ts';
import type { Job } from './job-task.ts';
import { openActionLedger } from './open-action-ledger.ts';

export interface ActionContext {
  readonly job: ActionEnvironment;
  readonly env: NodeJS.ProcessEnv;
  /** Takes what preparing the machine says. */
  readonly write: (text: string) => void;
  readonly onProgress: Town['onProgress'];
  readonly onLedger: (ledger: GitLedger) => void;
}

/** The parts of a job's town. */
export interface ActionTown {
  readonly town: Town;
  readonly ledger: GitLedger;
  readonly probot: Awaited<ReturnType<typeof openTokenProbot>>;
  readonly remote: () => Promise<Remote>;
}

const pace = 2_000;

/** Opens the ledger and wires a town to it. `works`: it asks models and starts containers, so the machine is looked at. */
export async function openActionTown(context: ActionContext, job: Job, works: boolean): Promise<ActionTown> {
  const { job: given, env, onProgress } = context;
  const wanted = { image: given.image, models: modelsFromEnvironment(env) };
  if (works && given.inputs.image === undefined) await haveRigImage(env, context.write);
  const machine = works ? await checkMachine(wanted, env) : await unusedMachine(wanted, env);
  const probot = await openTokenProbot(given);
  const hubs = createHubs(probot.hubs);
  const remote = async (): Promise<Remote> => (await hubs.open(job.rig)).gitRemote();
  const ledger = await openActionLedger(given, job, remote, (error) =>
    onProgress({
      kind: 'trouble',
      convoy: '',
      step: 'push the ledger',
      message: String(error),
      retryInMs: 60_000,
    }),
  );
  const secret = given.markerKey ?? given.inputs['ledger-key'] ?? machine.endpoint.apiKey;
  const town = await buildTown({
    startsContainers: works,
    ...machine,
    ledger,
    folder: given.folder,
    hubs,
    name: `actions-${given.run}`,
    runner: runnerOfRun(given.run),
    settingsFor: actionSettings(given.inputs, given.image),
    mirrorPaceMs: pace,
    markerKey: markerKeyFrom(secret),
    caBundle: works ? await hostCertificates(env) : null,
    onProgress,
    runs: createBeadRuns({ ...probot.hubs, workflow: given.workflow }),
    anchorOf: (stream) => ledger.anchor(stream),
    shareGit: (stores) => shareGit(stores, remote),
  });
  context.onLedger(ledger);
  return { town, ledger, probot, remote };
}
