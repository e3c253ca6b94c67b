import { createSign, generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let time: Date;

beforeEach(async () => {
  time = new Date();
  under = await forgeUnderTest({ private: true, clock: () => time });
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

describe('App JWTs', () => {
  const seconds = () => Math.floor(Date.now() / 1000);

  test.each([
    ['expired', () => ({ exp: seconds() - 10 }), 401, /'exp'\) must be a numeric value/],
    ['too far in the future', () => ({ exp: seconds() + 3600 }), 401, /too far in the future/],
    ['issued in the future', () => ({ iat: seconds() + 500 }), 401, /'iat'/],
    ['of another App', () => ({ iss: 1 }), 404, /Integration not found/],
    ['without an expiry', () => ({ exp: undefined }), 401, /could not be decoded/],
  ])('one that is %s is refused', async (_name, claims, status, message) => {
    const app = under.as(under.appJwt(claims()));
    await expect(app.rest.apps.getAuthenticated()).rejects.toMatchObject({
      status,
      message: expect.stringMatching(message),
    });
  });

  test('one signed with another key is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const [head, body] = under.appJwt().split('.');
    const signature = createSign('RSA-SHA256').update(`${head}.${body}`).sign(privateKey, 'base64url');
    const app = under.as(`${head}.${body}.${signature}`);
    await expect(app.rest.apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
  });

  test('the client id is as good an issuer as the number', async () => {
    const app = under.as(under.appJwt());
    const clientId = (await app.rest.apps.getAuthenticated()).data?.client_id;
    const same = under.as(under.appJwt({ iss: clientId }));
    expect((await same.rest.apps.getAuthenticated()).status).toBe(200);
  });
});

describe('tokens', () => {
  test('an unknown one is refused, and so is one of an hour ago', async () => {
    await expect(under.as('ghp_unknown').rest.repos.get(here)).rejects.toMatchObject({ status: 401 });
    const bot = under.as(await under.installationToken());
    expect((await bot.rest.repos.get(here)).status).toBe(200);
    time = new Date(time.getTime() + 3600_000);
    await expect(bot.rest.repos.get(here)).rejects.toMatchObject({ status: 401 });
  });

  test('a permission that was not asked for is missing, and the answer names what is', async () => {
    const bot = under.as(await under.installationToken({ issues: 'read' }));
    expect((await bot.rest.issues.listForRepo(here)).data).toEqual([]);
    const refused = bot.rest.issues.create({ ...here, title: 'No' });
    await expect(refused).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('Resource not accessible by integration'),
      response: { headers: { 'x-accepted-github-permissions': 'issues=write' } },
    });
    await expect(bot.rest.pulls.list(here)).rejects.toMatchObject({ status: 403 });
  });

  test('a token is narrowed to repositories, and can not ask for more than the App has', async () => {
    await under.forge.createRepository({ owner, name: 'other', private: true });
    const app = under.as(under.appJwt());
    const installation_id = under.forge.app.installationId;
    const made = await app.rest.apps.createInstallationAccessToken({
      installation_id,
      repositories: ['other'],
    });
    const narrow = under.as(made.data.token);
    expect((await narrow.rest.apps.listReposAccessibleToInstallation()).data.total_count).toBe(1);
    await expect(narrow.rest.repos.get(here)).rejects.toMatchObject({ status: 404 });
    await expect(
      app.rest.apps.createInstallationAccessToken({ installation_id, repositories: ['none'] }),
    ).rejects.toMatchObject({ status: 422 });
    await expect(
      app.rest.apps.createInstallationAccessToken({ installation_id, permissions: { secrets: 'write' } }),
    ).rejects.toMatchObject({ status: 422 });
  });

  test('a private repository does not exist for strangers, and readers can not label', async () => {
    const stranger = under.as((await under.forge.addUser({ login: 'stranger' })).token);
    await expect(stranger.rest.repos.get(here)).rejects.toMatchObject({ status: 404 });
    await expect(stranger.rest.issues.create({ ...here, title: 'x' })).rejects.toMatchObject({ status: 404 });
    const permission = { repository: `${owner}/${repo}`, level: 'read' } as const;
    const reader = under.as((await under.forge.addUser({ login: 'rita', permission })).token);
    const issue = (await reader.rest.issues.create({ ...here, title: 'Mine', labels: ['convoy'] })).data;
    expect(issue.labels).toEqual([]);
    const label = { ...here, issue_number: issue.number, labels: ['convoy'] };
    await expect(reader.rest.issues.addLabels(label)).rejects.toMatchObject({ status: 403 });
    expect(
      (await reader.rest.issues.update({ ...here, issue_number: issue.number, title: 'Ours' })).data.title,
    ).toBe('Ours');
  });

  test('a JWT opens nothing but the App, and a token not the App', async () => {
    await expect(under.as(under.appJwt()).rest.repos.get(here)).rejects.toMatchObject({ status: 403 });
    await expect(under.as(under.forge.userToken).rest.apps.getAuthenticated()).rejects.toMatchObject({
      status: 401,
    });
    const bot = under.as(await under.installationToken());
    await expect(bot.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
  });
});
