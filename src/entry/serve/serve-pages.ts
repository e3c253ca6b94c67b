import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenProbot } from '../../adapters/github/open-probot.ts';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import type { Metrics } from '../../faces/operations/metrics/create-metrics.ts';
import type { Readiness } from '../../faces/operations/operations-app.ts';
import { dashboardListener } from '../../faces/web/serve-dashboard.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { Machine } from '../check-machine.ts';
import { openDashboard } from '../dashboard/open-dashboard.ts';
import { frontDoor } from './front-door.ts';
import type { ServeEnvironment } from './serve-environment.ts';
import type { ServeLog } from './serve-log.ts';

export interface ServePagesParts {
  readonly served: ServeEnvironment;
  readonly ledger: Ledger;
  readonly log: ServeLog;
  readonly metrics: Metrics;
  readonly webhooks: OpenProbot['middleware'];
  readonly machine: Machine;
}

export interface ServedPages {
  /** Not ready any more, and no new connection: what is in flight is still answered. */
  stopTaking(): void;
  close(): Promise<void>;
}

/** Listens, and says where. */
export async function servePages(parts: ServePagesParts): Promise<ServedPages> {
  const { served, ledger, log, metrics, webhooks, machine } = parts;
  const access = served.access;
  const board = access === null ? null : openDashboard({ folder: served.folder, ledger, access, say: null });
  let taking = true;
  const readiness: Readiness = async () => ({
    town: taking,
    engine: await machine.docker.ping().then(
      () => true,
      () => false,
    ),
  });
  // Where nobody may see the pages, the figures are behind a token that nobody knows.
  const shut = { kind: 'token', token: crypto.randomUUID() } as const;
  const operations = { readiness, metrics, access: access ?? shut };
  const dashboard = board === null ? null : dashboardListener(board.dashboard);
  const server = createServer(frontDoor({ webhooks, operations, dashboard }));
  try {
    server.listen(served.port, served.host);
    await once(server, 'listening');
  } catch (error) {
    await board?.close();
    if (Object(error).code !== 'EADDRINUSE') throw error;
    throw new CannotRun('usage', `Port ${served.port} is taken: set PORT to another.`, { cause: error });
  }
  const { address, port } = server.address() as AddressInfo;
  log.notice(`Listening on http://${address}:${port}`);
  if (board === null) {
    log.notice('The dashboard is shut: set GASTOWN_WEB_TOKEN to show it on an address that is not loopback.');
  }
  return {
    stopTaking() {
      taking = false;
      server.close();
      board?.dashboard.close();
    },
    async close() {
      server.closeAllConnections();
      await board?.close();
    },
  };
}
