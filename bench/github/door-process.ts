import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeMiddleware, Probot } from 'probot';
import { createHubs } from '../../src/adapters/github/create-hubs.ts';
import { openProbot, webhooksPath } from '../../src/adapters/github/open-probot.ts';
import { noPace } from '../../src/adapters/github/pace/pace.ts';
import { newUuidV7 } from '../../src/ledger/log/uuid.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { workInbox } from '../../src/town/gate/work-inbox.ts';
import type { Town } from '../../src/town/town.ts';
import { markerKeyFrom } from '../../src/town/voice/marker.ts';
import type { DoorSettings } from './start-door.ts';

/**
 * A server that takes webhooks, in a process of its own: the town's own door, or Probot with a handler that does nothing.
 * Its settings hold a private key, so they come as a message: everyone on the machine can read a process's arguments.
 */
const [settings] = (await once(process, 'message')) as [DoorSettings];

async function bare(): Promise<RequestListener> {
  const { appId, privateKey, webhookSecret: secret } = settings;
  const probot = new Probot({ appId, privateKey, secret, logLevel: 'fatal' });
  const middleware = await createNodeMiddleware((app) => app.onAny(async () => undefined), {
    probot,
    webhooksPath,
  });
  return (request, response) => void middleware(request, response, () => response.writeHead(404).end());
}

/** As `gastown serve` does: signature, inbox on disk with a full sync, the answer, then the handling beside it. */
async function town(folder: string): Promise<RequestListener> {
  const clock = (): Date => new Date();
  const ledger = openLedger({ path: join(folder, 'town.db'), clock });
  const open: { wake: () => void } = { wake: () => undefined };
  const app = await openProbot({
    ...settings,
    pace: noPace,
    onDelivery: async (delivery) => {
      await ledger.inbox.receive({ ...delivery, receivedAt: clock().toISOString() });
      open.wake();
    },
  });
  const away = (): never => {
    throw new Error('No webhook of this bench asks for it.');
  };
  const parts: Town = {
    ledger,
    clock,
    hubs: createHubs(app.hubs),
    newId: () => newUuidV7(clock),
    markerKey: markerKeyFrom('bench'),
    lostCreateMs: 60_000,
    startedAt: clock(),
    later: setTimeout,
    mirrorPaceMs: 10_000,
    runner: 'bench',
    roles: new Map(),
    models: { mayor: [''], polecat: [''], witness: [''], refinery: [''], crew: [''], analyst: [''] },
    settingsFor: away,
    priceOf: away,
    model: { complete: away, contextWindow: away },
    sandboxes: {} as Town['sandboxes'],
    git: {} as Town['git'],
    onProgress: (progress) => process.stderr.write(`${JSON.stringify(progress)}\n`),
  };
  open.wake = workInbox(parts).wake;
  return (request, response) => void app.middleware(request, response, () => response.writeHead(404).end());
}

const folder = await mkdtemp(join(tmpdir(), 'gas-town-door-'));
const server = createServer(settings.door === 'bare' ? await bare() : await town(folder));
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => {
  void rm(folder, { recursive: true, force: true }).finally(() => process.exit(0));
});
