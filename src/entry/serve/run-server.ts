import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHubs } from '../../adapters/github/create-hubs.ts';
import { openProbot } from '../../adapters/github/open-probot.ts';
import type { RecordedEvent } from '../../domain/event.ts';
import { type OpenTown, openTown } from '../../town/open-town.ts';
import type { Progress } from '../../town/town.ts';
import { buildTown } from '../build-town.ts';
import { checkMachine } from '../check-machine.ts';
import { hostCertificates } from '../host-certificates.ts';
import { modelsFromEnvironment } from '../models-from-environment.ts';
import { openTownLedger } from '../open-town-ledger.ts';
import { settingsFromRig } from '../read-rig-config.ts';
import { serveEnvironment } from './serve-environment.ts';

export interface ServeContext {
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onEvent: (event: RecordedEvent) => void;
  readonly onListening: (address: AddressInfo) => void;
}

/** `gastown serve`: the GitHub App. Runs until it is stopped; what is at work then goes on at the next start. */
export async function runServer(context: ServeContext): Promise<void> {
  const served = await serveEnvironment(context.env);
  const machine = await checkMachine(
    { image: served.image, models: modelsFromEnvironment(context.env) },
    context.env,
  );
  await mkdir(served.folder, { recursive: true, mode: 0o700 });
  const ledger = openTownLedger(served.folder, 'gastown serve');
  const watching = ledger.subscribe({ after: 'now', handle: context.onEvent, onError: () => null });
  try {
    let town: OpenTown | null = null;
    const app = await openProbot({
      ...served,
      onDelivery: async (delivery) => {
        if (town === null) throw new Error('The town is not open yet.');
        await town.receive(delivery);
      },
    });
    town = openTown(
      await buildTown({
        ...machine,
        ledger,
        folder: served.folder,
        hubs: createHubs(app.hubs),
        name: `app-${served.appId}`,
        settingsFor: settingsFromRig(served.image),
        mirrorPaceMs: served.paced ? 10_000 : 0,
        markerKey: createHash('sha256').update(`marker ${served.privateKey}`).digest(),
        caBundle: await hostCertificates(context.env),
        onProgress: context.onProgress,
      }),
    );
    const server = createServer((request, response) => {
      if (request.url === '/healthz') response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
      else void app.middleware(request, response, () => response.writeHead(404).end());
    });
    server.listen(served.port, served.host);
    await once(server, 'listening');
    context.onListening(server.address() as AddressInfo);
    if (!context.stop.aborted) await once(context.stop, 'abort');
    server.close();
    await town.close();
    server.closeAllConnections();
  } finally {
    await watching.close();
    await ledger.close();
  }
}
