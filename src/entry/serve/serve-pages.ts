import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenProbot } from '../../adapters/github/open-probot.ts';
import { CannotRun } from '../../faces/cli/cannot-run.ts';
import type { Metrics } from '../../faces/operations/metrics/create-metrics.ts';
import type { Readiness } from '../../faces/operations/operations-app.ts';
import type { Access } from '../../faces/web/door/access.ts';
import { dashboardListener } from '../../faces/web/serve-dashboard.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import type { Hubs } from '../../town/ports/hub.ts';
import type { Machine } from '../check-machine.ts';
import { openDashboard } from '../dashboard/open-dashboard.ts';
import { frontDoor } from './front-door.ts';
import { githubLogin } from './github-login.ts';
import { sayOnGitHub } from './say-on-github.ts';
import type { ServeEnvironment } from './serve-environment.ts';
import type { ServeLog } from './serve-log.ts';

export interface ServePagesParts {
  readonly served: ServeEnvironment;
  readonly ledger: Ledger;
  readonly log: ServeLog;
  readonly metrics: Metrics;
  readonly webhooks: OpenProbot['middleware'];
  readonly machine: Machine;
  readonly hubs: Hubs;
}

export interface ServedPages {
  /** Not ready any more, and no new connection: what is in flight is still answered. */
  stopTaking(): void;
  close(): Promise<void>;
}

/** GitHub's login where the App's keys for it are there; the token opens it besides. */
function accessTo({ access, login, baseUrl, gitRoot }: ServeEnvironment, hubs: Hubs): Access | null {
  if (login === null) return access;
  const github = githubLogin({ ...login, webRoot: gitRoot, api: baseUrl }, hubs);
  return { kind: 'github', github, root: login.root, token: access?.kind === 'token' ? access.token : null };
}

/** Listens, and says where. */
export async function servePages(parts: ServePagesParts): Promise<ServedPages> {
  const { served, ledger, log, metrics, webhooks, machine, hubs } = parts;
  const access = accessTo(served, hubs);
  const say = access?.kind === 'github' ? sayOnGitHub(ledger, served.baseUrl) : null;
  const board = access === null ? null : openDashboard({ folder: served.folder, ledger, access, say });
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
    log.notice(
      'The dashboard is shut: set GASTOWN_URL with the App’s client keys, or GASTOWN_WEB_TOKEN, to show it on an address that is not loopback.',
    );
  }
  if (access?.kind === 'github') log.notice(`People log in to the dashboard with GitHub, at ${access.root}`);
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
