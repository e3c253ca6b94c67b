import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { createDashboard } from '../../src/faces/web/dashboard.ts';
import { Changes } from '../../src/faces/web/live/changes.ts';
import { dashboardServer } from '../../src/faces/web/serve-dashboard.ts';
import { openReader } from '../../src/ledger/open-reader.ts';
import { absolute, median, type Row } from '../row.ts';
import { writeLargeTown } from './large-town.ts';

const rounds = 9;

interface Town {
  readonly convoys: number;
  readonly beads: number;
}

/** Rows by the page that is opened: from the click to the first text on the screen, over HTTP on loopback, in Chromium. */
export async function firstPaint(
  browser: Browser,
  town: Town,
  pages: Readonly<Record<string, string>>,
): Promise<readonly Row[]> {
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
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const rows: Row[] = [];
    for (const [name, page] of Object.entries(pages)) {
      const value = median(await paints(browser, root + page));
      rows.push(absolute('web', { name, value, unit: 'ms', target: 100, better: 'lower' }));
    }
    return rows;
  } finally {
    dashboard.close();
    server.close();
    server.closeAllConnections();
    reader.close();
    await rm(folder, { recursive: true });
  }
}

/** Milliseconds of each round but the first, in which the browser itself warms up. */
async function paints(browser: Browser, url: string): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const page = await browser.newPage();
    await page.goto(url);
    const paint = await page.evaluate<number>(
      `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntriesByName('first-contentful-paint')[0].startTime)).observe({ type: 'paint', buffered: true }))`,
    );
    taken.push(paint);
    await page.close();
  }
  return taken.slice(1);
}
