import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createHubs, type HubsOptions } from '../../adapters/github/create-hubs.ts';
import { openProbot } from '../../adapters/github/open-probot.ts';
import type { WorkingLedger } from '../../ledger/assemble-ledger.ts';
import { openReader } from '../../ledger/open-reader.ts';
import { type OpenTown, openTown } from '../../town/open-town.ts';
import type { Town } from '../../town/town.ts';
import { markerKeyFrom } from '../../town/voice/marker.ts';
import { buildTown } from '../build-town.ts';
import { checkMachine, type Machine } from '../check-machine.ts';
import { hostCertificates } from '../host-certificates.ts';
import { modelsFromEnvironment } from '../models-from-environment.ts';
import { openTownLedger } from '../open-town-ledger.ts';
import { settingsFromRig } from '../read-rig-config.ts';
import { runsOfApp } from '../runs-of-app.ts';
import { openTracing } from './open-tracing.ts';
import { type ServeEnvironment, serveEnvironment } from './serve-environment.ts';
import { openServeLog, type ServeLog } from './serve-log.ts';
import { serveMetrics } from './serve-metrics.ts';
import { servePages } from './serve-pages.ts';

export interface ServeContext {
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
  readonly write: (text: string) => void;
}

/** `gastown serve`: the GitHub App. Runs until it is stopped; what is at work then goes on at the next start. */
export async function runServer(context: ServeContext): Promise<void> {
  const served = await serveEnvironment(context.env);
  const wanted = { image: served.image, models: modelsFromEnvironment(context.env) };
  const machine = await checkMachine(wanted, context.env);
  await mkdir(served.folder, { recursive: true, mode: 0o700 });
  const ledger = openTownLedger(served.folder, 'gastown serve');
  const log = openServeLog({ ...served.log, write: context.write }, ledger);
  const tracing = await openTracing(context.env);
  const watching = ledger.subscribe({
    after: 'now',
    handle: (event) => {
      log.event(event);
      tracing.event(event);
    },
    onError: () => null,
  });
  try {
    await serveTown({ context, served, machine, ledger, log });
  } finally {
    await watching.close();
    await tracing.close();
    await ledger.close();
  }
}

interface Serving {
  readonly context: ServeContext;
  readonly served: ServeEnvironment;
  readonly machine: Machine;
  readonly ledger: WorkingLedger;
  readonly log: ServeLog;
}

async function serveTown({ context, served, machine, ledger, log }: Serving): Promise<void> {
  const quotas = new Map<string, number>();
  let town: OpenTown | null = null;
  const app = await openProbot({
    ...served,
    onQuota: (resource, remaining) => quotas.set(resource, remaining),
    onDelivery: async (delivery) => {
      if (town === null) throw new Error('The town is not open yet.');
      log.delivery(delivery, await town.receive(delivery));
    },
  });
  const name = `app-${served.appId}`;
  const hubs = createHubs(app.hubs);
  const parts = await townParts({ context, served, machine, ledger, log }, name, hubs, app.hubs);
  const reader = openReader(join(served.folder, 'beads.db'));
  town = openTown(parts);
  const metrics = serveMetrics({ reader, docker: machine.docker, name, town, quotas });
  const webhooks = app.middleware;
  const pages = await servePages({ served, ledger, log, metrics, webhooks, machine, hubs });
  if (!context.stop.aborted) await once(context.stop, 'abort');
  log.notice('Stopping. What is at work goes on at the next start.');
  pages.stopTaking();
  await town.close();
  await pages.close();
  reader.close();
}

async function townParts(
  { context, served, machine, ledger, log }: Serving,
  name: string,
  hubs: Town['hubs'],
  hubsOptions: HubsOptions,
): Promise<Town> {
  const town = await buildTown({
    ...machine,
    ledger,
    name,
    hubs,
    folder: served.folder,
    settingsFor: settingsFromRig(served.image),
    mirrorPaceMs: served.paced ? 10_000 : 0,
    lostCreateMs: served.lostCreateMs,
    markerKey: markerKeyFrom(served.privateKey),
    caBundle: await hostCertificates(context.env),
    onProgress: log.progress,
  });
  return { ...town, ...runsOfApp({ ...served, hubs, hubsOptions, ledger }) };
}
