import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDashboard } from '../../src/faces/web/dashboard.ts';
import { Changes } from '../../src/faces/web/live/changes.ts';
import { dashboardServer } from '../../src/faces/web/serve-dashboard.ts';
import { openReader } from '../../src/ledger/open-reader.ts';
import { writeLargeTown } from './large-town.ts';

export interface Town {
  readonly convoys: number;
  /** Of each convoy. */
  readonly beads: number;
}

interface ServedTown {
  readonly root: string;
  end(): Promise<void>;
}

export const rootOf = (server: Pick<Server, 'address'>): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The dashboard on loopback over a ledger of its own that holds the town. */
export async function serveLargeTown(town: Town): Promise<ServedTown> {
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-'));
  const path = join(folder, 'beads.db');
  await writeLargeTown(path, town);
  const reader = openReader(path);
  const dashboard = createDashboard({
    reader,
    changes: new Changes(),
    access: { kind: 'loopback' },
    say: null,
    diffOf: async () => null,
    clock: () => new Date(),
  });
  const server = dashboardServer(dashboard).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    root: rootOf(server),
    async end() {
      dashboard.close();
      server.close();
      server.closeAllConnections();
      reader.close();
      await rm(folder, { recursive: true });
    },
  };
}
