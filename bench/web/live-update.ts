import type { Browser } from 'playwright-core';
import { smallConvoy } from '../../src/testing/events/small-convoy.ts';
import { dashboardUnderTest } from '../../src/testing/web/dashboard-under-test.ts';
import { absolute, median, type Row } from '../row.ts';

const rounds = 9;

/** From the moment at which an event is durable to the moment at which an open page shows it. */
export async function liveUpdate(browser: Browser): Promise<Row> {
  const under = await dashboardUnderTest({ story: smallConvoy });
  const page = await browser.newPage();
  await page.goto(`${under.root}/convoys/7/1`);
  await page.getByText('live', { exact: true }).waitFor();
  const taken: number[] = [];
  for (let bead = 3; bead < 3 + rounds; bead += 1) {
    const title = `Bead that came as number ${bead}`;
    const request = { stream: 'convoy/7/1', expected: 'must-exist', actor: 'mayor', cause: 'bench' } as const;
    const data = { bead, title, description: '', acceptance: '', needs: [] };
    await under.ledger.append({ ...request, events: [{ type: 'BeadCreated', data }] });
    const began = performance.now();
    await page.getByText(title).first().waitFor();
    taken.push(performance.now() - began);
  }
  await page.close();
  await under.close();
  return absolute('web', {
    name: 'web-live-update-ms',
    value: median(taken),
    unit: 'ms',
    target: 1_000,
    better: 'lower',
  });
}
