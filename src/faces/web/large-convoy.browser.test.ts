import { type Browser, devices } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewEvent } from '../../domain/event.ts';
import { closed, landed, leased, slung } from '../../testing/convoy/convoy-events.ts';
import { smallConvoy } from '../../testing/events/small-convoy.ts';
import { type DashboardUnderTest, dashboardUnderTest } from '../../testing/web/dashboard-under-test.ts';
import { openBrowser } from '../../testing/web/open-browser.ts';

const beads = 10_000;
/** Bytes: a page of the largest convoy is as quick to load and to follow as any. */
const largestPage = 150_000;
let browser: Browser;
let under: DashboardUnderTest;

beforeAll(async () => {
  browser = await openBrowser();
  under = await dashboardUnderTest({ story: smallConvoy.slice(0, 2) });
  await grow();
});
afterAll(async () => {
  await browser.close();
  await under.close();
});

const mayor = { stream: 'convoy/7/1', expected: 'must-exist', actor: 'mayor', cause: 'test' } as const;

/** Ten thousand beads, the first hundred of which have landed. */
async function grow(): Promise<void> {
  const created = Array.from({ length: beads }, (_, index): NewEvent => {
    const needs = index % 7 === 6 ? [index] : [];
    const data = { bead: index + 1, title: `Part ${index + 1}`, description: '', acceptance: '', needs };
    return { type: 'BeadCreated', data };
  });
  const worked = Array.from({ length: 100 }, (_, index) => index + 1);
  await under.ledger.append({ ...mayor, events: created });
  const events = worked.flatMap((bead) => [slung(bead), leased(bead), closed(bead), landed(bead)]);
  await under.ledger.append({ ...mayor, events });
}

test('ten thousand beads are shown in parts, beginning where the work is, and every part is within reach', async () => {
  const page = await (await browser.newContext({ ...devices['iPhone 13'] })).newPage();
  const answer = await page.goto(`${under.root}/convoys/7/1`);
  expect((await answer?.body())?.length).toBeLessThan(largestPage);
  await page.getByText('Beads 91 to 120 of 10,000 are shown').first().waitFor();
  expect(await page.locator('tbody tr').count()).toBe(30);
  expect(await page.locator('svg.timeline a').count()).toBe(30);
  await page.getByRole('link', { name: 'Later beads' }).first().click();
  await page.getByText('Beads 121 to 150 of 10,000 are shown').first().waitFor();
  await page.goto(`${under.root}/convoys/7/1?beads=334`);
  await page.getByRole('link', { name: 'Part 10000' }).first().waitFor();
  expect(await page.getByRole('link', { name: 'Later beads' }).count()).toBe(0);
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  expect((await page.goto(`${under.root}/convoys/7/1?beads=335`))?.status()).toBe(404);
});

test('what happens is followed there too, and another moment keeps the part', async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${under.root}/convoys/7/1?beads=2`);
  await page.getByText('live', { exact: true }).waitFor();
  await under.ledger.append({ ...mayor, events: [{ type: 'ConvoyPaused', data: { by: 'ada' } }] });
  await page.getByText('paused', { exact: true }).first().waitFor({ timeout: 5_000 });
  await page.getByRole('slider').focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForURL(/beads=2&at=\d+$/);
  await page.getByText('Beads 31 to 60').first().waitFor();
});
