import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../../testing/ledger/temporary-folder.ts';
import { serveEnvironment } from '../serve-environment.ts';
import { setUpApp } from './set-up-app.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const created = {
  id: 77,
  name: 'Gas Town',
  html_url: 'https://github.example/apps/gas-town',
  pem,
  webhook_secret: 'from github',
  client_id: 'Iv1.0123',
  client_secret: 'of the client',
};

let folder: ReturnType<typeof temporaryFolder>;
let stop: AbortController;
let running: Promise<void>;
let root = '';
let printed = '';
let github: ReturnType<typeof createServer>;
const codes: string[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  stop = new AbortController();
  printed = '';
  codes.length = 0;
  // GitHub's one answer of the flow: a code is good once.
  github = createServer((request, response) => {
    const code = /^\/app-manifests\/(\w+)\/conversions$/.exec(request.url ?? '')?.[1] ?? '';
    const good = request.method === 'POST' && code === 'good' && !codes.includes(code);
    codes.push(code);
    response.writeHead(good ? 201 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(good ? created : { message: 'Not Found' }));
  }).listen(0, '127.0.0.1');
  await once(github, 'listening');
  const api = `http://127.0.0.1:${(github.address() as AddressInfo).port}`;
  const { promise, resolve } = Promise.withResolvers<string>();
  running = setUpApp({
    env: { PORT: '0', GITHUB_API_URL: api, GITHUB_SERVER_URL: 'https://github.example' },
    envFile: join(folder.path, '.env'),
    stop: stop.signal,
    write: (text) => {
      printed += text;
      const link = /http:\S+/.exec(text)?.[0];
      if (link) resolve(link);
    },
  });
  root = new URL(await promise).origin;
});

afterEach(async () => {
  stop.abort();
  await running;
  github.close();
  github.closeAllConnections();
  folder[Symbol.dispose]();
});

const get = async (path: string, cookie = '') => {
  const answer = await fetch(root + path, { headers: { cookie }, redirect: 'manual' });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};

async function cookieOfLink(): Promise<string> {
  const link = /http:\S+/.exec(printed)?.[0] ?? '';
  return ((await get(new URL(link).pathname)).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

const asked = '/?root=https%3A%2F%2Ftown.example.com&organization=acme';
const stateIn = (text: string): string => /\?state=([\w-]+)/.exec(text)?.[1] ?? '';

test('from the link to an env file that serve starts with', async () => {
  const envFile = join(folder.path, '.env');
  await writeFile(envFile, 'OPENAI_API_KEY=kept\nPORT="4000"\n');
  const cookie = await cookieOfLink();
  const { text, headers } = await get(asked, cookie);
  expect(headers.get('content-security-policy')).toContain("form-action 'self' https://github.example");
  expect(text).toContain('action="https://github.example/organizations/acme/settings/apps/new?state=');
  const manifest = JSON.parse(
    (/name="manifest" value="([^"]+)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"'),
  );
  expect(manifest).toMatchObject({
    name: 'Gas Town',
    public: false,
    hook_attributes: { url: 'https://town.example.com/api/github/webhooks', active: true },
    redirect_url: `${root}/created`,
    callback_urls: ['https://town.example.com/login/github/callback'],
    default_permissions: { checks: 'write', metadata: 'read' },
  });
  const done = await get(`/created?code=good&state=${stateIn(text)}`);
  expect(done.status).toBe(200);
  expect(done.text).toContain('https://github.example/apps/gas-town/installations/new');
  expect(done.text).not.toContain('PRIVATE KEY');
  await running;
  const env = parseEnv(await readFile(envFile, 'utf8'));
  expect(env).toMatchObject({ OPENAI_API_KEY: 'kept', PORT: '4000', APP_ID: '77' });
  expect((await stat(envFile)).mode & 0o777).toBe(0o600);
  expect(await serveEnvironment(env)).toMatchObject({
    appId: 77,
    privateKey: pem,
    webhookSecret: 'from github',
    login: null,
  });
  expect(await serveEnvironment({ ...env, GASTOWN_URL: 'https://town.example.com/' })).toMatchObject({
    login: { clientId: 'Iv1.0123', clientSecret: 'of the client', root: 'https://town.example.com' },
  });
  expect(printed).not.toMatch(/from github|of the client/);
});

test('without the link, and without a state that was given out, nothing is made', async () => {
  expect(await (await fetch(`${root}/healthz`)).text()).toBe('ok\n');
  expect((await get(asked)).status).toBe(403);
  const { text } = await get(asked, await cookieOfLink());
  expect((await get('/created?code=good&state=made-up')).status).toBe(403);
  expect(codes).toEqual([]);
  expect((await get(`/created?code=bad&state=${stateIn(text)}`)).status).toBe(422);
  expect((await get(`/created?code=good&state=${stateIn(text)}`)).status).toBe(403);
  expect(codes).toEqual(['bad']);
});

test.each(['ftp://town.example.com', 'nowhere', 'https://user@town.example.com', 'javascript:alert(1)'])(
  'the address %s is asked for again',
  async (address) => {
    const { status, text } = await get(`/?root=${encodeURIComponent(address)}`, await cookieOfLink());
    expect([status, text.includes('settings/apps/new')]).toEqual([422, false]);
  },
);
