import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHubs } from '../../adapters/github/create-hubs.ts';
import { openProbot } from '../../adapters/github/open-probot.ts';
import { noPace } from '../../adapters/github/pace/pace.ts';
import { type Forge, startForge } from '../../forge/index.ts';
import { smallConvoy } from '../../testing/events/small-convoy.ts';
import { type DashboardUnderTest, dashboardUnderTest } from '../../testing/web/dashboard-under-test.ts';
import type { Hubs } from '../../town/ports/hub.ts';
import { appOfForge } from '../app-of-forge.ts';
import { quietOctokit } from '../quiet-octokit.ts';
import { githubLogin } from './github-login.ts';
import { sayOnGitHub } from './say-on-github.ts';

const thing = { owner: 'ada', repo: 'thing' };
const token = 'for programs alone';
let forge: Forge;
let under: DashboardUnderTest;

beforeEach(async () => {
  forge = await startForge();
  const { id } = await forge.createRepository({ owner: thing.owner, name: thing.repo, private: true });
  await quietOctokit(forge.api, forge.userToken).rest.issues.create({ ...thing, title: 'Build a thing' });
  for (const [login, level] of [
    ['rita', 'write'],
    ['reno', 'read'],
  ] as const) {
    await forge.addUser({ login, permission: { repository: 'ada/thing', level } });
  }
  const app = await openProbot({
    ...appOfForge(forge),
    pace: noPace,
    onDelivery: async () => undefined,
  });
  const hubs = createHubs(app.hubs);
  // The story was told of a repository with another number.
  const renumbered: Hubs = { ...hubs, open: (rig) => hubs.open({ ...rig, id }) };
  const keys = { ...forge.app, webRoot: forge.html, api: forge.api };
  under = await dashboardUnderTest({
    story: smallConvoy,
    now: new Date(),
    access: (root) => ({ kind: 'github', github: githubLogin(keys, renumbered), root, token }),
    say: (ledger) => sayOnGitHub(ledger, forge.api),
  });
});
afterEach(async () => {
  await under.close();
  await forge.close();
});

async function get(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers, redirect: 'manual' });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return { status: answer.status, text: await answer.text(), cookies, headers: answer.headers };
}

/** To GitHub, a click there, and the address that it leads back to, with the cookie that went out with it. */
async function cameBack(login: string): Promise<{ readonly url: string; readonly cookie: string }> {
  const out = await get(`${under.root}/login/github`);
  const session = (await get(forge.pageLink(login))).cookies[0] ?? '';
  const page = await get(out.headers.get('location') ?? '', { cookie: session });
  const fields = [...page.text.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  const clicked = await fetch(`${forge.html}/login/oauth/authorize`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie: session, origin: forge.html },
    redirect: 'manual',
  });
  return { url: clicked.headers.get('location') ?? '', cookie: out.cookies[0] ?? '' };
}

async function logIn(login: string): Promise<string> {
  const { url, cookie } = await cameBack(login);
  const { status, headers } = await get(url, { cookie });
  const kept = headers.getSetCookie().find((one) => one.startsWith('gastown_page=')) ?? '';
  expect([status, kept]).toEqual([200, expect.stringMatching(/HttpOnly; SameSite=Strict$/)]);
  return kept.split(';')[0] ?? '';
}

const post = (path: string, cookie: string, fields: Record<string, string> = {}): Promise<Response> =>
  fetch(under.root + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie, origin: under.root },
    redirect: 'manual',
  });

const pages = ['/convoys/7/1', '/convoys/7/1/beads/1', '/sessions/0198a000-0000-7000-8000-000000000001'];

test('who may write on the rig sees it, and says something there in their own name', async () => {
  const shut = await get(under.root);
  expect([shut.status, shut.text]).toEqual([401, expect.stringContaining('Log in with GitHub')]);
  const cookie = await logIn('rita');
  const { text } = await get(under.root, { cookie });
  expect(text).toContain('Build a thing');
  expect(text).toContain('rita <button');
  for (const path of pages) expect((await get(under.root + path, { cookie })).status).toBe(200);
  expect((await get(`${under.root}/convoys/7/1`, { cookie })).text).toContain('<form class="say"');
  expect((await post('/convoys/7/1/say', cookie, { words: '/pause' })).status).toBe(303);
  const octokit = quietOctokit(forge.api, forge.userToken);
  const { data } = await octokit.rest.issues.listComments({ ...thing, issue_number: 1 });
  expect(data.map(({ body, user }) => [body, user?.login])).toEqual([['/pause', 'rita']]);
  expect((await post('/logout', cookie)).status).toBe(303);
  expect((await get(under.root, { cookie })).status).toBe(401);
});

test('who may only read on the rig sees nothing of it, as it is for strangers', async () => {
  await forge.addUser({ login: 'stranger' });
  for (const login of ['reno', 'stranger']) {
    const cookie = await logIn(login);
    for (const path of ['/', '/queue', '/spend']) {
      const { status, text } = await get(under.root + path, { cookie });
      expect([status, /Build a thing|\$0\.25/.test(text)]).toEqual([200, false]);
    }
    for (const path of pages) expect((await get(under.root + path, { cookie })).status).toBe(404);
    expect((await post('/convoys/7/1/say', cookie, { words: '/pause' })).status).toBe(404);
  }
});

test('a login that came from elsewhere, comes twice or without its browser opens nothing', async () => {
  const { url, cookie } = await cameBack('rita');
  expect((await get(url)).status).toBe(403);
  expect((await get(url, { cookie: 'gastown_login=another' })).status).toBe(403);
  expect((await get(url, { cookie })).status).toBe(200);
  expect((await get(url, { cookie })).status).toBe(403);
  const denied = await cameBack('rita');
  const state = new URL(denied.url).searchParams.get('state') ?? '';
  const refused = `${under.root}/login/github/callback?error=access_denied&state=${state}`;
  expect((await get(refused, { cookie: denied.cookie })).status).toBe(403);
  const forged = await cameBack('rita');
  const code = new URL(forged.url);
  code.searchParams.set('code', 'guessed');
  expect((await get(code.href, { cookie: forged.cookie })).status).toBe(403);
});

test('programs come in by the token, and only read', async () => {
  const headers = { authorization: `Bearer ${token}` };
  const { text } = await get(`${under.root}/convoys/7/1`, headers);
  expect([text.includes('Build a thing'), text.includes('<form class="say"')]).toEqual([true, false]);
  const answer = await fetch(`${under.root}/convoys/7/1/say`, {
    method: 'POST',
    headers: { ...headers, origin: under.root },
  });
  expect(answer.status).toBe(403);
});
