import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { townFolder } from '../../adapters/git/workspace/inspect-workspace.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { exitStatus } from '../../faces/cli/exit-status.ts';
import { defaultImage } from '../../faces/cli/options/default-image.ts';
import type { RunOptions } from '../../faces/cli/options/run-options.ts';
import { exitCodeFor, summarise } from '../../faces/cli/view/run-summary.ts';
import type { View } from '../../faces/cli/view/view.ts';
import { dashboardServer } from '../../faces/web/serve-dashboard.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import { type OpenTown, openTown } from '../../town/open-town.ts';
import type { Town } from '../../town/town.ts';
import { checkMachine, type Machine, rigImage } from '../check-machine.ts';
import { listenOnLoopback } from '../dashboard/listen-on-loopback.ts';
import { openDashboard } from '../dashboard/open-dashboard.ts';
import { openTownLedger } from '../open-town-ledger.ts';
import { announceForge, withdrawForge } from '../say/forge-at-work.ts';
import { sayOnForge } from '../say/say-on-forge.ts';
import { assembleTown } from './assemble-town.ts';
import { type ConvoyWatch, watchConvoy } from './await-convoy.ts';
import { deliverResult, isDelivered } from './deliver-result.ts';
import { type LocalGitHub, startLocalGitHub } from './local-github.ts';
import { type OpenWorkspace, openWorkspace } from './open-workspace.ts';
import { orderTask } from './order-task.ts';
import { settingsFromOptions } from './settings-from-options.ts';

export interface RunContext {
  readonly env: NodeJS.ProcessEnv;
  readonly view: View;
  /** Aborted when the person wants to stop: everything stops at a point from which the same command goes on. */
  readonly stop: AbortSignal;
}

/** `gastown run`: from a task to an open, verified pull request, on this machine. Gives the exit status. */
export async function runTask(options: RunOptions, context: RunContext): Promise<number> {
  const startedAt = performance.now();
  const image = options.image === defaultImage ? rigImage : options.image;
  const machine = await checkMachine({ image, models: options.models }, context.env);
  const workspace = await openWorkspace(options);
  const folder = join(workspace.folder, townFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const ledger = openTownLedger(folder, 'gastown run');
  for (const event of ledger.readAll(0, Number.MAX_SAFE_INTEGER)) context.view.recall(event);
  const watching = ledger.subscribe({ after: 'now', handle: context.view.event, onError: () => null });
  try {
    const convoy = await work({ options, context, machine, image, workspace, folder, ledger });
    await watching.caughtUp();
    if (convoy === null) return exitStatus.interrupted.code;
    const wallMs = performance.now() - startedAt;
    const summary = summarise({ convoy, wallMs, workspace: workspace.folder });
    context.view.summary(summary);
    return convoy.ended?.rule === 'setup-failed' ? exitStatus.setup.code : exitCodeFor(summary);
  } finally {
    await watching.close();
    await ledger.close();
  }
}

interface Job {
  readonly options: RunOptions;
  readonly context: RunContext;
  readonly machine: Machine;
  readonly image: string;
  readonly workspace: OpenWorkspace;
  readonly folder: string;
  readonly ledger: Ledger;
}

/** Starts a GitHub, works the task on it and brings the result into the workspace; null when it was stopped before. */
async function work(job: Job): Promise<Convoy | null> {
  const inbound: { town: OpenTown | null } = { town: null };
  const github = await startLocalGitHub(job.folder, job.workspace, async (delivery) => {
    if (inbound.town === null) throw new Error('The town is not open yet.');
    await inbound.town.receive(delivery);
  });
  const closePage = await openPage(job);
  try {
    await announceForge(job.folder, { api: github.api, token: github.remote.token ?? '' });
    const convoy = await conduct(job, github, inbound);
    if (convoy !== null)
      await deliverResult(convoy, github.remote, job.workspace, job.options, job.context.view);
    return convoy;
  } finally {
    await closePage();
    await withdrawForge(job.folder);
    await github.close();
  }
}

/** Serves the dashboard while the run is at work, where that was asked for. */
async function openPage({ options, context, folder, ledger, workspace }: Job): Promise<() => Promise<void>> {
  if (options.web === null) return async () => undefined;
  const say = sayOnForge(workspace.folder);
  const open = openDashboard({ folder, ledger, access: { kind: 'loopback' }, say });
  const listening = await listenOnLoopback(dashboardServer(open.dashboard), options.web);
  context.view.notice(`The dashboard is at ${listening.root}`);
  context.view.notice(`To say something on it, open once: ${listening.root}${open.dashboard.linkPath()}`);
  return async () => {
    open.dashboard.close();
    await listening.close();
    await open.close();
  };
}

async function conduct(
  job: Job,
  github: LocalGitHub,
  inbound: { town: OpenTown | null },
): Promise<Convoy | null> {
  const troubles: { told: ConvoyWatch['trouble'] } = { told: () => undefined };
  const parts = await assemble(job, github, (trouble) => troubles.told(trouble));
  const town = openTown(parts);
  inbound.town = town;
  let watch: ConvoyWatch | null = null;
  try {
    await github.listen();
    const stream = await orderTask(github, job.ledger, job.options.task, (convoy) =>
      isDelivered(convoy, job.workspace.folder),
    );
    watch = watchConvoy(job.ledger, stream);
    troubles.told = watch.trouble;
    const over = await Promise.race([watch.over, stopped(job.context.stop)]);
    if (over === null) return null;
    await town.mirrored();
    await town.close();
    await parts.sandboxes.removeConvoy(stream);
    return over;
  } finally {
    await town.close();
    await watch?.close();
  }
}

async function assemble(job: Job, github: LocalGitHub, onTrouble: ConvoyWatch['trouble']): Promise<Town> {
  const { machine, options, context, ledger, folder } = job;
  return assembleTown({
    machine,
    settings: settingsFromOptions(options, job.image),
    folder,
    ledger,
    github,
    env: context.env,
    onProgress: (progress) => {
      context.view.progress(progress);
      if (progress.kind === 'trouble') onTrouble(progress);
    },
  });
}

function stopped(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
