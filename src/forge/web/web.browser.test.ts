import { writeFile } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executable } from '../testing/find-browser.ts';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeEach(async () => {
  under = await forgeUnderTest();
  browser = await chromium.launch({ executablePath: await executable(), args: ['--no-sandbox'] });
  page = await browser.newPage();
  complaints.length = 0;
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
});

afterEach(async () => {
  await browser.close();
  expect(await under.close()).toEqual([]);
});

/** A pull request by the App, with a diff, a check and a hostile title, from `topic` into `main`. */
async function openPull(): Promise<number> {
  const bot = under.as(await under.installationToken());
  const text = (words: string) => Buffer.from(words).toString('base64');
  const put = { ...here, path: 'limiter.py', message: 'Limiter' };
  const first = await bot.rest.repos.createOrUpdateFileContents({
    ...put,
    content: text('rate = 1\nburst = 2\n'),
  });
  await bot.rest.git.createRef({ ...here, ref: 'refs/heads/topic', sha: String(first.data.commit.sha) });
  const second = await bot.rest.repos.createOrUpdateFileContents({
    ...put,
    branch: 'topic',
    content: text('rate = 10\nburst = 2\n'),
    sha: String(first.data.content?.sha),
  });
  const title = 'Raise the rate <img src=x onerror="document.title=1">';
  const pull = await bot.rest.pulls.create({
    ...here,
    title,
    head: 'topic',
    base: 'main',
    body: 'Ten at once.',
  });
  const output = { title: '12 tests passed', summary: '' };
  await bot.rest.checks.create({
    ...here,
    name: 'verify',
    head_sha: String(second.data.commit.sha),
    conclusion: 'success',
    output,
  });
  return pull.data.number;
}

test('a person opens the link, reads a pull request with its diff and check, reviews it, labels it and merges it', async () => {
  const number = await openPull();
  await page.goto(under.forge.pageLink());
  await page.getByRole('link', { name: `${owner}/${repo}` }).click();
  await page.getByRole('link', { name: 'Pull requests' }).click();
  await page.getByRole('link', { name: /Raise the rate/ }).click();
  await expect(page.locator('pre.diff .add').innerText()).resolves.toBe('+rate = 10');
  await expect(page.locator('pre.diff .del').innerText()).resolves.toBe('-rate = 1');
  expect(await page.getByText('12 tests passed').isVisible()).toBe(true);
  expect(await page.locator('img').count()).toBe(0);
  await page.getByLabel('Review').fill('Good <b>work</b>');
  await page.getByLabel('Verdict').selectOption('APPROVE');
  await page.getByRole('button', { name: 'Review' }).click();
  expect(await page.getByText('reviewed: approved').isVisible()).toBe(true);
  expect(await page.getByText('Good <b>work</b>').isVisible()).toBe(true);
  await page.getByLabel('Label', { exact: true }).fill('shipped');
  await page.getByRole('button', { name: 'Add label' }).click();
  const user = under.as(under.forge.userToken);
  await user.rest.pulls.update({ ...here, pull_number: number, title: 'Raise the rate to ten at once' });
  await page.reload();
  const picture = await page.screenshot({ fullPage: true });
  expect(picture.length).toBeGreaterThan(10_000);
  const kept = process.env.FORGE_SCREENSHOT;
  if (kept !== undefined) await writeFile(kept, picture);
  await page.getByRole('button', { name: 'Merge pull request' }).click();
  expect(await page.getByText('merged', { exact: true }).isVisible()).toBe(true);
  expect((await user.rest.pulls.get({ ...here, pull_number: number })).data).toMatchObject({
    merged: true,
    labels: [{ name: 'shipped' }],
  });
  expect(complaints).toEqual([]);
});
