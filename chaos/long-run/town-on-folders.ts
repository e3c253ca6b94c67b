import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createGitStores } from '../../src/adapters/git/create-git-stores.ts';
import { createHubs } from '../../src/adapters/github/create-hubs.ts';
import { openProbot } from '../../src/adapters/github/open-probot.ts';
import { loadRoles } from '../../src/agent/load-roles.ts';
import { modelEndpoint } from '../../src/entry/model-endpoint.ts';
import { openTownLedger } from '../../src/entry/open-town-ledger.ts';
import { packageFolder } from '../../src/entry/package-folder.ts';
import { settingsFromRig } from '../../src/entry/read-rig-config.ts';
import { serveEnvironment } from '../../src/entry/serve/serve-environment.ts';
import { openServeLog } from '../../src/entry/serve/serve-log.ts';
import { stopOnSignals } from '../../src/entry/stop-on-signals.ts';
import { localSandboxes } from '../../src/testing/sandbox/local-sandboxes.ts';
import { sharedParts } from '../../src/testing/town-under-test/shared-parts.ts';
import { openTown } from '../../src/town/open-town.ts';

/**
 * A process that is `gastown serve` but for its containers, which are folders: the App's door, its ledger, its git, its log, by
 * the same environment. For what a town's own process holds in the long run, where thousands of containers would take days.
 */
const signals = stopOnSignals(() => undefined);
const served = await serveEnvironment(process.env);
const endpoint = modelEndpoint(process.env);
if (endpoint === null) throw new Error('no model is set');
const ledger = openTownLedger(served.folder, 'a long run');
const log = openServeLog({ ...served.log, write: (text) => void process.stdout.write(text) }, ledger);
const watching = ledger.subscribe({ after: 'now', handle: log.event, onError: () => null });
const clock = (): Date => new Date();
const app = await openProbot({
  ...served,
  onDelivery: async (delivery) => log.delivery(delivery, await town.receive(delivery)),
});
const town = openTown({
  ...sharedParts({ baseUrl: endpoint.baseURL }, clock),
  roles: await loadRoles({ folder: join(packageFolder, 'roles') }),
  ledger,
  hubs: createHubs(app.hubs),
  runner: 'long-run',
  sandboxes: localSandboxes(join(served.folder, 'sandboxes')),
  git: createGitStores({ folder: join(served.folder, 'rigs'), now: Date.now }),
  settingsFor: settingsFromRig(served.image),
  onProgress: log.progress,
});
const door = createServer((request, response) => {
  void app.middleware(request, response, () => response.writeHead(404).end());
});
door.listen(served.port, served.host);
await once(door, 'listening');
log.notice('Listening.');
if (!signals.stop.aborted) await once(signals.stop, 'abort');
door.close();
door.closeAllConnections();
await town.close();
await watching.close();
await ledger.close();
signals.close();
