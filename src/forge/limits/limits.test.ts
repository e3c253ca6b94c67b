import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Limits } from '../forge.ts';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let time: Date;

beforeEach(() => {
  time = new Date();
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

async function limited(limits: Partial<Limits>): Promise<ReturnType<ForgeUnderTest['as']>> {
  under = await forgeUnderTest({ limits, clock: () => time });
  return under.as(under.forge.userToken);
}

const pass = (seconds: number) => {
  time = new Date(time.getTime() + seconds * 1000);
};

test('the primary limit counts down in every answer, refuses with its reset, and ends with the hour', async () => {
  const user = await limited({ hourly: 2 });
  expect((await user.rest.repos.get(here)).headers['x-ratelimit-remaining']).toBe('1');
  await user.rest.repos.get(here);
  await expect(user.rest.repos.get(here)).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('API rate limit exceeded for user ID'),
    response: {
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': expect.stringMatching(/^\d{10}$/) },
    },
  });
  pass(3600);
  expect((await user.rest.repos.get(here)).status).toBe(200);
});

test('the jobs of a repository share an allowance of their own', async () => {
  const user = await limited({ hourly: 100, hourlyOfJobs: 2 });
  const job = () => under.as(under.forge.makeJobToken({ repository: `${owner}/${repo}` }));
  await job().rest.repos.get(here);
  expect((await job().rest.repos.get(here)).headers['x-ratelimit-limit']).toBe('2');
  await expect(job().rest.repos.get(here)).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('API rate limit exceeded for repository ID'),
  });
  expect((await user.rest.repos.get(here)).status).toBe(200);
});

test('content creation is paced on its own, and says when to come again', async () => {
  const user = await limited({ contentPerMinute: 2 });
  for (const title of ['a', 'b']) await user.rest.issues.create({ ...here, title });
  pass(20);
  await expect(user.rest.issues.create({ ...here, title: 'c' })).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('temporarily blocked from content creation'),
    response: { headers: { 'retry-after': '40' } },
  });
  expect((await user.rest.issues.listForRepo(here)).data).toHaveLength(2);
  pass(40);
  expect((await user.rest.issues.create({ ...here, title: 'c' })).status).toBe(201);
});

test('points are spent five for a write and one for a read', async () => {
  const user = await limited({ pointsPerMinute: 7 });
  await user.rest.issues.create({ ...here, title: 'a' });
  await user.rest.repos.get(here);
  await user.rest.repos.get(here);
  await expect(user.rest.repos.get(here)).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('secondary rate limit'),
  });
});

test('pushes to one repository are counted', async () => {
  await limited({ pushesPerMinute: 1 });
  const push = () =>
    fetch(`${under.forge.html}/${owner}/${repo}.git/git-receive-pack`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`x:${under.forge.userToken}`).toString('base64')}` },
      body: '0000',
    });
  expect((await push()).status).toBe(200);
  const refused = await push();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
});

test('requests at once are counted, and are free again once they are answered', async () => {
  const user = await limited({ concurrent: 1 });
  const file = { ...here, path: 'a.txt', message: 'x', content: 'eA==' };
  const put = (name: string) => user.rest.repos.createOrUpdateFileContents({ ...file, path: name });
  const both = await Promise.allSettled([put('a.txt'), put('b.txt')]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  expect((await put('c.txt')).status).toBe(201);
});
