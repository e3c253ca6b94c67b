import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { absolute, median, type Row, relative } from '../row.ts';
import { rootOf, serveLargeTown, type Town } from './serve-large-town.ts';

const rounds = 9;

/** The row that has a reference: the home page in a new tab, over a page of one word. */
export const newTabRow = 'web-new-tab-paint/word';

/** Milliseconds to the first text of each page, in a tab that shows another page of the dashboard, and in a new tab. */
interface Paints {
  readonly openTab: readonly number[];
  readonly newTab: readonly number[];
}

/**
 * Rows by the page that is opened: from the click to the first text on the screen, over HTTP on loopback, in Chromium. The
 * click is in a tab that shows the merge queue. A new tab starts a process of the browser first, which no page can help: the
 * home page is set there beside a page of one word.
 */
export async function* firstPaint(
  browser: Browser,
  town: Town,
  pages: Readonly<Record<string, string>>,
  isWanted: (name: string) => boolean,
): AsyncGenerator<Row> {
  const served = await serveLargeTown(town);
  const word = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>word</title><p>word');
  }).listen(0, '127.0.0.1');
  await once(word, 'listening');
  try {
    for (const [name, path] of Object.entries(pages)) {
      if (!isWanted(name)) continue;
      const value = median((await paints(browser, served.root, path)).openTab);
      yield absolute('web', { name, value, unit: 'ms', target: 100, better: 'lower' });
    }
    if (isWanted(newTabRow)) yield await newTab(browser, served.root, rootOf(word));
  } finally {
    word.close();
    word.closeAllConnections();
    await served.end();
  }
}

async function newTab(browser: Browser, home: string, word: string): Promise<Row> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    ours.push(...(await paints(browser, home, '/')).newTab);
    bare.push(...(await paints(browser, word, '/')).newTab);
  }
  return relative('web', {
    name: newTabRow,
    value: median(ours),
    unit: 'ms',
    target: 2,
    better: 'lower',
    reference: { name: 'a page of one word', value: median(bare) },
  });
}

/** The paints of each round but the first, in which the browser itself warms up. */
async function paints(browser: Browser, root: string, path: string): Promise<Paints> {
  const openTab: number[] = [];
  const newTab: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const page = await browser.newPage();
    newTab.push(await paintOf(page, root + path));
    await paintOf(page, `${root}/queue`);
    openTab.push(await paintOf(page, root + path));
    await page.close();
  }
  return { openTab: openTab.slice(1), newTab: newTab.slice(1) };
}

async function paintOf(page: Page, url: string): Promise<number> {
  await page.goto(url);
  return page.evaluate<number>(`new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntriesByName('first-contentful-paint')) resolve(startTime);
    });
    observer.observe({ type: 'paint', buffered: true });
  })`);
}
