import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { NewEvent } from '../../domain/event.ts';
import { smallConvoy } from '../../testing/events/small-convoy.ts';
import { type DashboardUnderTest, dashboardUnderTest } from '../../testing/web/dashboard-under-test.ts';
import { openBrowser } from '../../testing/web/open-browser.ts';

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const convoy = 'convoy/7/1';
const said: string[] = [];

let browser: Browser;
let under: DashboardUnderTest;
const complaints: string[] = [];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  complaints.length = 0;
  said.length = 0;
  const diff = 'diff --git a/ground.c b/ground.c\n@@ -1 +1 @@\n-int a;\n+int b;\n';
  under = await dashboardUnderTest({
    story: smallConvoy,
    diffOf: async () => ({ text: diff, truncated: false }),
    say: () => async (_to, words) => {
      said.push(words);
      return { status: 'said' };
    },
  });
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await under.close();
  expect(complaints).toEqual([]);
});

async function open(path: string, options: BrowserContextOptions = desktop): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(under.root + path);
  return page;
}

async function append(event: NewEvent): Promise<void> {
  const request = { stream: convoy, expected: 'must-exist', actor: 'mayor', cause: 'test' } as const;
  await under.ledger.append({ ...request, events: [event] });
}

const pages = ['/', '/convoys/7/1', '/convoys/7/1?at=8', '/convoys/7/1/beads/1', '/queue', '/spend'];

test.each([
  ['desktop', desktop],
  ['phone', phone],
])(
  'at %s width no page has a serious fault of accessibility, and none is wider than the screen',
  async (_name, size) => {
    const page = await open('/', size);
    for (const path of pages) {
      await page.goto(under.root + path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect({ path, serious: serious.map(({ id, nodes }) => [id, nodes[0]?.html]) }).toEqual({
        path,
        serious: [],
      });
      const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect({ path, wider }).toEqual({ path, wider: 0 });
    }
  },
);

test('what happens is on the page without a reload, told by the server and fetched once', async () => {
  const page = await open('/convoys/7/1');
  await page.getByText('live', { exact: true }).waitFor();
  await page.evaluate("document.querySelector('details')?.setAttribute('open', '')");
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  expect(await page.getByText('A bead that came late').count()).toBe(0);
  const needs = { bead: 3, title: 'A bead that came late', description: '', acceptance: '', needs: [] };
  await append({ type: 'BeadCreated', data: needs });
  await page.getByRole('link', { name: 'A bead that came late' }).first().waitFor({ timeout: 1_000 });
  expect(fetched.filter((path) => !path.startsWith('/assets/'))).toEqual(['/convoys/7/1']);
  await append({ type: 'ConvoyPaused', data: { by: 'ada' } });
  await page.getByText('paused', { exact: true }).first().waitFor({ timeout: 1_000 });
});

test('the slider shows the convoy at any event, by keyboard too, and a past moment stands still', async () => {
  const page = await open('/convoys/7/1');
  await page.getByText('live', { exact: true }).waitFor();
  const slider = page.getByRole('slider');
  await slider.focus();
  await page.keyboard.press('Home');
  await page.getByText('event 1 of 13').waitFor();
  expect(new URL(page.url()).search).toBe('?at=1');
  expect(await page.getByRole('link', { name: 'Lay the ground' }).count()).toBe(0);
  await page.keyboard.press('ArrowRight');
  await page.getByText('event 2 of 13').waitFor();
  await page.getByRole('link', { name: 'back to now' }).click();
  await page.getByRole('link', { name: 'Lay the ground' }).first().waitFor();
});

test('without scripts the slider is a form and everything is there', async () => {
  const page = await open('/convoys/7/1', { ...phone, javaScriptEnabled: false });
  await page.getByRole('slider').fill('8');
  await page.getByRole('button', { name: 'Show' }).click();
  expect(new URL(page.url()).search).toBe('?at=8');
  await page.getByRole('link', { name: 'Lay the ground' }).first().click();
  expect(await page.getByText('$ make test').isVisible()).toBe(true);
  expect(await page.locator('.diff .add').innerText()).toContain('+int b;');
});

test('whoever opened the link can say something, by keyboard alone', async () => {
  const page = await open('/convoys/7/1');
  expect(await page.getByRole('button', { name: 'Say it' }).count()).toBe(0);
  await page.goto(under.link());
  await page.goto(`${under.root}/convoys/7/1`);
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement?.textContent')).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate('document.activeElement?.id')).toBe('content');
  await page.getByLabel('Command about this convoy').focus();
  await page.keyboard.type('/pause');
  await page.keyboard.press('Enter');
  await page.waitForURL(/convoys\/7\/1$/);
  await expect.poll(() => said).toEqual(['/pause']);
});
