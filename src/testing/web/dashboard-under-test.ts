import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordedEvent } from '../../domain/event.ts';
import { createDashboard } from '../../faces/web/dashboard.ts';
import type { DashboardParts, Say } from '../../faces/web/dashboard-parts.ts';
import type { Access } from '../../faces/web/door/access.ts';
import { Changes } from '../../faces/web/live/changes.ts';
import { dashboardListener } from '../../faces/web/serve-dashboard.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { openReader } from '../../ledger/open-reader.ts';
import type { Ledger } from '../../ledger/ports/ledger.ts';
import { writeLedger } from '../events/write-ledger.ts';
import { temporaryFolder } from '../ledger/temporary-folder.ts';

export interface DashboardUnderTest {
  /** `http://127.0.0.1:PORT`. */
  readonly root: string;
  /** Lets whoever opens it write. */
  link(): string;
  readonly ledger: Ledger;
  close(): Promise<void>;
}

export interface DashboardOptions {
  readonly story: readonly RecordedEvent[];
  /** Default: loopback. `root`: where the dashboard is. */
  readonly access?: (root: string) => Access;
  readonly say?: (ledger: Ledger) => Say;
  readonly diffOf?: DashboardParts['diffOf'];
  readonly now?: Date;
}

/** The dashboard over HTTP, on a ledger file in which a story was written and that goes on being written. */
export async function dashboardUnderTest(options: DashboardOptions): Promise<DashboardUnderTest> {
  const folder = temporaryFolder();
  const path = folder.file('beads.db');
  await writeLedger(path, options.story);
  const clock = (): Date => options.now ?? new Date('2030-01-01T00:01:00Z');
  const ledger = openLedger({ path, clock, synchronous: 'normal' });
  await ledger.ready;
  const reader = openReader(path);
  const changes = new Changes();
  const subscription = ledger.subscribe({ after: 'now', handle: () => changes.tell(), onError: () => null });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dashboard = createDashboard({
    reader,
    changes,
    clock,
    access: options.access?.(root) ?? { kind: 'loopback' },
    say: options.say?.(ledger) ?? null,
    diffOf: options.diffOf ?? (async () => null),
  });
  server.on('request', dashboardListener(dashboard));
  return {
    root,
    ledger,
    link: () => root + dashboard.linkPath(),
    async close() {
      dashboard.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      await subscription.close();
      reader.close();
      await ledger.close();
      folder[Symbol.dispose]();
    },
  };
}
