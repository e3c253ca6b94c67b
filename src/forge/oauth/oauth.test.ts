import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest } from '../testing/forge-under-test.ts';

const callback = 'http://127.0.0.1:9/callback';
const verifier = 'v'.repeat(64);
const challenge = createHash('sha256').update(verifier).digest('base64url');
let under: ForgeUnderTest;
let time = new Date();

beforeEach(async () => {
  time = new Date();
  under = await forgeUnderTest({ clock: () => time });
});
afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

const asked = (change: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({
    client_id: under.forge.app.clientId,
    redirect_uri: callback,
    state: 'a state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  });

async function cookieOf(login?: string): Promise<string> {
  const answer = await fetch(under.forge.pageLink(login), { redirect: 'manual' });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function page(query: URLSearchParams, cookie = ''): Promise<Response> {
  return fetch(`${under.forge.html}/login/oauth/authorize?${query}`, { headers: { cookie } });
}

/** Clicks on the page's button; gives where that leads. */
async function click(cookie: string, origin = under.forge.html): Promise<Response> {
  const text = await (await page(asked(), cookie)).text();
  const fields = [...text.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return fetch(`${under.forge.html}/login/oauth/authorize`, {
    method: 'POST',
    body: new URLSearchParams(Object.fromEntries(fields)),
    headers: { cookie, origin },
    redirect: 'manual',
  });
}

async function codeFor(login?: string): Promise<string> {
  const { headers } = await click(await cookieOf(login));
  const back = new URL(headers.get('location') ?? '');
  expect([back.origin + back.pathname, back.searchParams.get('state')]).toEqual([callback, 'a state']);
  return back.searchParams.get('code') ?? '';
}

async function exchange(code: string, change: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const { clientId, clientSecret } = under.forge.app;
  const fields = {
    client_id: clientId,
    client_secret: clientSecret,
    code,
    code_verifier: verifier,
    redirect_uri: callback,
  };
  const answer = await fetch(`${under.forge.html}/login/oauth/access_token`, {
    method: 'POST',
    body: new URLSearchParams({ ...fields, ...change }),
  });
  expect(answer.status).toBe(200);
  return Object(await answer.json());
}

test('a click gives a code, and the code a token of that person for eight hours', async () => {
  await under.forge.addUser({ login: 'rita' });
  const given = await exchange(await codeFor('rita'));
  expect(given).toMatchObject({
    access_token: expect.stringMatching(/^ghu_/),
    token_type: 'bearer',
    expires_in: 28_800,
  });
  const rita = under.as(String(given.access_token));
  expect((await rita.rest.users.getAuthenticated()).data.login).toBe('rita');
  time = new Date(time.getTime() + 28_801_000);
  await expect(rita.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 401 });
});

test('a code works once, for ten minutes, with its verifier, its callback and the secret of the App', async () => {
  const code = await codeFor();
  expect(await exchange(code, { client_secret: 'guessed' })).toMatchObject({
    error: 'incorrect_client_credentials',
  });
  expect(await exchange(code)).toHaveProperty('access_token');
  expect(await exchange(code)).toMatchObject({ error: 'bad_verification_code' });
  expect(await exchange(await codeFor(), { code_verifier: 'another' })).toMatchObject({
    error: 'bad_verification_code',
  });
  const elsewhere = { redirect_uri: 'http://127.0.0.1:9/else' };
  expect(await exchange(await codeFor(), elsewhere)).toMatchObject({ error: 'redirect_uri_mismatch' });
  const late = await codeFor();
  time = new Date(time.getTime() + 601_000);
  expect(await exchange(late)).toMatchObject({ error: 'bad_verification_code' });
});

test('nobody is authorized unasked: not without a session, nor from another page, nor for another App or place', async () => {
  expect((await page(asked())).status).toBe(401);
  const cookie = await cookieOf();
  expect((await click(cookie, 'http://evil.example')).status).toBe(403);
  for (const wrong of [
    { client_id: 'Iv1.other' },
    { redirect_uri: 'https://evil.example/' },
    { redirect_uri: 'javascript:alert(1)' },
    { code_challenge_method: 'plain' },
  ]) {
    expect((await page(asked(wrong), cookie)).status).toBe(404);
  }
  const hostile = await (await page(asked({ state: '"><script>alert(1)</script>' }), cookie)).text();
  expect(hostile).not.toContain('<script>');
});
