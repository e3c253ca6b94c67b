import { createBeadRuns } from '../../adapters/github/bead-runs.ts';
import { createHubs } from '../../adapters/github/create-hubs.ts';
import { openTokenProbot } from '../../adapters/github/receive-event.ts';
import type { StreamId } from '../../domain/event.ts';
import type { GitLedger } from '../../ledger/git-refs/open-git-ledger.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import { type Carry, shareGit } from '../../town/dispatch/share-git.ts';
import { runnerOfRun } from '../../town/ports/bead-runs.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import type { Town } from '../../town/town.ts';
import { markerKeyFrom } from '../../town/voice/marker.ts';
import { buildTown } from '../build-town.ts';
import { checkMachine, type Machine, unusedMachine } from '../check-machine.ts';
import { hostCertificates } from '../host-certificates.ts';
import { modelsFromEnvironment } from '../models-from-environment.ts';
import type { ActionEnvironment } from './action-environment.ts';
import { actionSettings } from './action-settings.ts';
import { haveRigImage } from './have-rig-image.ts';
import type { Job } from './job-task.ts';
import { openActionLedger } from './open-action-ledger.ts';
import { pushPatience } from './push-patience.ts';

export interface ActionContext {
  readonly job: ActionEnvironment;
  readonly env: NodeJS.ProcessEnv;
  /** Takes what preparing the machine says. */
  readonly write: (text: string) => void;
  readonly onProgress: Town['onProgress'];
  readonly onLedger: (ledger: Ledger) => void;
}

/** The parts of a job's town. */
export interface ActionTown {
  readonly town: Town;
  readonly ledger: GitLedger;
  readonly probot: Awaited<ReturnType<typeof openTokenProbot>>;
  readonly remote: () => Promise<Remote>;
  /** How often a job that works a bead looks for what others have said of the convoy meanwhile, in ms. */
  readonly lookMs: number;
}

const mirrorPaceMs = 2_000;

/** As often as an App looks what its runs have said. */
export const lookMs = ({ paced }: Pick<ActionEnvironment, 'paced'>): number => (paced ? 15_000 : 1_000);

/** What any town of a job is made of, beside its ledger. */
export interface JobParts extends Pick<ActionTown, 'probot' | 'remote'> {
  readonly machine: Machine;
  readonly hubs: Town['hubs'];
}

/** Looks at the machine where the job `works`: asks models and starts containers. */
export async function prepareJob(
  { job: given, env, write }: ActionContext,
  job: Job,
  works: boolean,
): Promise<JobParts> {
  const wanted = { image: given.image, models: modelsFromEnvironment(env) };
  if (works && given.inputs.image === undefined) await haveRigImage(env, write);
  const machine = works ? await checkMachine(wanted, env) : await unusedMachine(wanted, env);
  const probot = await openTokenProbot(given);
  const hubs = createHubs(probot.hubs);
  const remote = async (): Promise<Remote> => (await hubs.open(job.rig)).gitRemote();
  return { machine, probot, hubs, remote };
}

/** Wires a job's town to its ledger. */
export async function wireJobTown(
  { job: given, env, onProgress }: ActionContext,
  { machine, hubs, remote }: JobParts,
  ledger: Ledger,
  { works, carry = null }: { readonly works: boolean; readonly carry?: Carry | null },
): Promise<Town> {
  const secret = given.markerKey ?? given.inputs['ledger-key'] ?? machine.endpoint.apiKey;
  return await buildTown({
    startsContainers: works,
    ...machine,
    ledger,
    folder: given.folder,
    hubs,
    name: `actions-${given.run}`,
    runner: runnerOfRun(given.run),
    settingsFor: actionSettings(given.inputs, given.image),
    mirrorPaceMs,
    markerKey: markerKeyFrom(secret),
    caBundle: works ? await hostCertificates(env) : null,
    onProgress,
    pushPatience,
    shareGit: (stores) => shareGit(stores, remote, carry),
  });
}

/** Tells of a ledger that could not be pushed; it is pushed again with what comes next. */
export const tellPushTrouble =
  ({ onProgress }: Pick<ActionContext, 'onProgress'>) =>
  (error: unknown): void =>
    onProgress({
      kind: 'trouble',
      convoy: '',
      step: 'push the ledger',
      message: String(error),
      retryInMs: 60_000,
    });

/** Opens the ledger in the repository's refs and wires a town to it. */
export async function openActionTown(context: ActionContext, job: Job, works: boolean): Promise<ActionTown> {
  const { job: given } = context;
  const parts = await prepareJob(context, job, works);
  const ledger = await openActionLedger(given, job, parts.remote, tellPushTrouble(context));
  const town = {
    ...(await wireJobTown(context, parts, ledger, { works, carry: (ref, to) => ledger.carry(ref, to) })),
    runs: createBeadRuns({ ...parts.probot.hubs, workflow: given.workflow }),
    anchorOf: (stream: StreamId) => ledger.anchor(stream),
  };
  context.onLedger(ledger);
  return { town, ledger, probot: parts.probot, remote: parts.remote, lookMs: lookMs(given) };
}
