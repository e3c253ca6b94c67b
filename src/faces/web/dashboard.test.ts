import { afterEach, expect, test } from 'vitest';
import type { AppendRequest } from '../../ledger/ports/ledger.ts';
import { smallConvoy } from '../../testing/events/small-convoy.ts';
import { type DashboardUnderTest, dashboardUnderTest } from '../../testing/web/dashboard-under-test.ts';
import type { SayTo } from './dashboard-parts.ts';

let under: DashboardUnderTest | null = null;

afterEach(async () => {
  await under?.close();
  under = null;
});

const start = async (
  options: Partial<Parameters<typeof dashboardUnderTest>[0]> = {},
): Promise<DashboardUnderTest> => {
  under = await dashboardUnderTest({ story: smallConvoy, ...options });
  return under;
};

const get = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(url, { headers, redirect: 'manual' });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

const sessionOf = async ({ link }: DashboardUnderTest): Promise<string> => {
  const { headers } = await get(link());
  return (headers.get('set-cookie') ?? '').split(';')[0] ?? '';
};

test('every page is whole without scripts: convoys, one convoy, a bead, a conversation, the queue, the spend', async () => {
  const { root } = await start();
  const text = async (path: string) => (await get(root + path)).text;
  expect(await text('/')).toContain('1 of 2 landed');
  expect(await text('/convoys/7/1')).toMatch(
    /Lay the ground[\s\S]+Beads over time|Beads over time[\s\S]+Lay the ground/,
  );
  const bead = await text('/convoys/7/1/beads/1');
  expect(bead).toContain('$ make test');
  expect(bead).toContain('no rule to make target');
  expect(await text('/sessions/0198a000-0000-7000-8000-000000000001')).toContain(
    'The second needs the first.',
  );
  expect(await text('/queue')).toContain('Nothing waits to land.');
  expect(await text('/spend')).toMatch(/polecat[\s\S]+\$0\.2500[\s\S]+small[\s\S]+2030-01-01/);
});

test('a convoy is shown as it was after any of its events', async () => {
  const { root } = await start();
  const at = async (version: number) => (await get(`${root}/convoys/7/1?at=${version}`)).text;
  expect(await at(3)).toContain('0 of 1 landed');
  expect(await at(7)).toContain('being worked');
  expect(await at(8)).toContain('>waits to land</span>');
  expect(await at(12)).toContain('1 of 2 landed');
  expect(await at(12)).not.toContain('Pull request</dt><dd><a');
  for (const wrong of ['0', '99', '-1', 'x']) {
    expect((await get(`${root}/convoys/7/1?at=${wrong}`)).status).toBe(404);
  }
});

test('a Mayor whose session is suspended is shown to wait, from then on and while it lasts', async () => {
  const { root, ledger } = await start();
  const page = async (query = '') => (await get(`${root}/convoys/7/1${query}`)).text;
  const session = (events: AppendRequest['events']) =>
    ledger.append({
      stream: 'session/0198a000-0000-7000-8000-000000000001',
      expected: 'must-exist',
      actor: 'mayor',
      cause: 'a test',
      events,
    });
  expect(await page()).not.toContain('the Mayor waits for its beads');
  await session([
    { type: 'SessionSuspended', data: { callId: 'call_1', name: 'await_beads', waitingFor: null } },
  ]);
  expect(await page()).toMatch(/the Mayor waits for its beads, [^<]+ so far/);
  expect(await page('?at=3')).not.toContain('the Mayor waits for its beads');
  await session([{ type: 'SessionResumed', data: { callId: 'call_1', result: 'landed', failed: false } }]);
  expect(await page()).not.toMatch(/the Mayor waits for its beads, [^<]+ so far/);
});

test('what is not there is not found', async () => {
  const { root } = await start();
  for (const path of [
    '/convoys/7/9',
    '/convoys/7/1/beads/9',
    '/sessions/none',
    '/assets/..%2fdashboard.ts',
    '/x',
  ]) {
    expect((await get(root + path)).status).toBe(404);
  }
});

test('a stranger name for this host, and an origin that is not the page, are refused', async () => {
  const { root } = await start();
  const { hostname, port } = new URL(root);
  const { get: request } = await import('node:http');
  const status = await new Promise((resolve) =>
    request({ hostname, port, headers: { host: 'evil.example' } }, (answer) =>
      resolve(answer.resume().statusCode),
    ),
  );
  expect(status).toBe(421);
  expect((await get(root, { origin: 'http://evil.example' })).status).toBe(403);
  expect((await get(root, { origin: root })).status).toBe(200);
});

test('writing needs the one-time link, and goes out as it was written', async () => {
  const said: [SayTo, string][] = [];
  const dashboard = await start({
    say: () => async (to, words) => {
      said.push([to, words]);
      return words === '/stop' ? { status: 'refused', reason: 'Not now.' } : { status: 'said' };
    },
  });
  const { root } = dashboard;
  const post = async (path: string, words: string, headers: Record<string, string>) => {
    const body = new URLSearchParams({ words });
    return fetch(root + path, { method: 'POST', body, headers, redirect: 'manual' });
  };
  expect((await get(`${root}/convoys/7/1`)).text).not.toContain('<form class="say"');
  const link = dashboard.link();
  const cookie = ((await get(link)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect((await get(link)).status).toBe(403);
  expect((await get(`${root}/convoys/7/1`, { cookie })).text).toContain('<form class="say"');
  expect((await post('/convoys/7/1/say', '/pause', { origin: root })).status).toBe(403);
  expect((await post('/convoys/7/1/say', '/pause', { cookie })).status).toBe(403);
  expect((await post('/convoys/7/1/say', '/pause', { cookie, origin: 'http://evil.example' })).status).toBe(
    403,
  );
  expect((await post('/convoys/7/1/say', ' ', { cookie, origin: root })).status).toBe(422);
  expect(said).toEqual([]);
  const taken = await post('/convoys/7/1/say', '/pause', { cookie, origin: root });
  expect([taken.status, taken.headers.get('location')]).toEqual([303, '/convoys/7/1']);
  await post('/convoys/7/1/beads/2/say', '/note use <b>', { cookie, origin: root });
  const refused = await post('/convoys/7/1/say', '/stop', { cookie, origin: root });
  expect([refused.status, await refused.text()]).toEqual([409, expect.stringContaining('Not now.')]);
  expect(said).toEqual([
    [{ stream: 'convoy/7/1', bead: null }, '/pause'],
    [{ stream: 'convoy/7/1', bead: 2 }, '/note use <b>'],
    [{ stream: 'convoy/7/1', bead: null }, '/stop'],
  ]);
});

test('the cookie is of no use to scripts and to other sites', async () => {
  const dashboard = await start();
  const { headers } = await get(dashboard.link());
  expect(headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict$/);
  expect((await sessionOf(dashboard)).length).toBeGreaterThan(20);
});

test('elsewhere than on loopback nothing is shown without the token', async () => {
  const { root } = await start({ access: () => ({ kind: 'token', token: 'a long secret' }) });
  const { status, text } = await get(root);
  expect([status, text.includes('Build a thing')]).toEqual([401, false]);
  expect((await get(`${root}/live`)).status).toBe(401);
  expect((await get(root, { authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await get(root, { authorization: 'Bearer a long secret' })).text).toContain('Build a thing');
  const logIn = (token: string) =>
    fetch(`${root}/login`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
      headers: { origin: root },
      redirect: 'manual',
    });
  expect((await logIn('wrong')).status).toBe(401);
  const cookie = ((await logIn('a long secret')).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect((await get(root, { cookie })).text).toContain('Build a thing');
});

test('text that a model wrote stays text, under a policy that runs nothing of it', async () => {
  const hostile = '<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) "\'&';
  const story = smallConvoy.map((event) => {
    if (event.type === 'ConvoyOpened')
      return { ...event, data: { ...event.data, title: hostile, body: hostile } };
    if (event.type === 'BeadCreated') {
      return { ...event, data: { ...event.data, title: hostile, description: hostile, acceptance: hostile } };
    }
    if (event.type === 'BeadSlung') return { ...event, data: { ...event.data, topic: hostile } };
    if (event.type === 'ModelReplied') {
      const toolCalls = [{ id: 'c', name: hostile, arguments: hostile }];
      return { ...event, data: { ...event.data, text: hostile, reasoning: hostile, toolCalls } };
    }
    if (event.type === 'ToolFinished')
      return { ...event, data: { ...event.data, result: hostile, name: hostile } };
    if (event.type === 'PullRequestOpened')
      return { ...event, data: { ...event.data, url: 'javascript:alert(1)' } };
    return event;
  });
  const diff = `diff --git a/x b/${hostile}\n@@ -1 +1 @@ ${hostile}\n+${hostile}\n`;
  const { root } = await start({ story, diffOf: async () => ({ text: diff, truncated: true }) });
  for (const path of ['/', '/convoys/7/1', '/convoys/7/1/beads/1', '/queue']) {
    const { text, headers } = await get(root + path);
    expect(text).toContain('&lt;script&gt;');
    expect(text).not.toMatch(/<script>|<img|href="javascript/i);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'sha256-[\w+/]{43}='; img-src/,
    );
    expect(text).not.toMatch(/ style="| on\w+="/);
  }
});
