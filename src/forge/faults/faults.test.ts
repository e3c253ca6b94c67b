import { afterEach, beforeEach, expect, test } from 'vitest';
import { adminToken, type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let user: ReturnType<ForgeUnderTest['as']>;

beforeEach(async () => {
  under = await forgeUnderTest({ adminToken });
  user = under.as(under.forge.userToken);
  await under.forge.deliveriesSettled();
  under.webhooks.received.length = 0;
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

async function admin(path: string, body: unknown, token = adminToken): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  const url = `${under.forge.html}/_forge${path}`;
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

const titles = async () => (await user.rest.issues.listForRepo(here)).data.map((issue) => issue.title);
const create = (title: string) => user.rest.issues.create({ ...here, title });

test('an error after success has done the work, one before has not', async () => {
  await admin('/faults', { on: 'request', method: 'POST', path: '/issues', fault: { kind: 'error-after' } });
  await expect(create('done')).rejects.toMatchObject({ status: 502 });
  await admin('/faults', {
    on: 'request',
    method: 'POST',
    path: '/issues',
    fault: { kind: 'error-before', status: 503 },
  });
  await expect(create('not done')).rejects.toMatchObject({ status: 503 });
  expect(await titles()).toEqual(['done']);
});

test('a connection is cut before or after the work', async () => {
  await admin('/faults', { on: 'request', method: 'POST', fault: { kind: 'cut-after' } });
  await expect(create('done')).rejects.toMatchObject({ status: 500 });
  await admin('/faults', { on: 'request', method: 'POST', fault: { kind: 'cut-before' } });
  await expect(create('not done')).rejects.toMatchObject({ status: 500 });
  expect(await titles()).toEqual(['done']);
});

test('an answer is late by what was asked', async () => {
  await admin('/faults', { on: 'request', method: 'GET', fault: { kind: 'delay', milliseconds: 120 } });
  const started = performance.now();
  expect(await titles()).toEqual([]);
  expect(performance.now() - started).toBeGreaterThanOrEqual(119);
});

test('a caller is told that it asks too often, and when it may come again', async () => {
  const fault = { kind: 'limit', retryAfterSeconds: 7 };
  await admin('/faults', { on: 'request', method: 'POST', path: '/issues', fault });
  await expect(create('not done')).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining('secondary rate limit'),
    response: { headers: { 'retry-after': '7' } },
  });
  expect(await titles()).toEqual([]);
});

test('webhooks are dropped, doubled, swapped, delayed and signed wrongly on demand', async () => {
  const fault = (kind: string, more = {}) =>
    admin('/faults', { on: 'webhook', event: 'issues', fault: { kind, ...more } });
  for (const kind of ['drop', 'duplicate', 'wrong-signature']) await fault(kind);
  for (const title of ['dropped', 'doubled', 'forged']) await create(title);
  await under.forge.deliveriesSettled();
  await fault('delay', { milliseconds: 50 });
  await user.rest.issues.create({ ...here, title: 'late', labels: ['bug'] });
  await under.forge.deliveriesSettled();
  await fault('reorder');
  await user.rest.issues.create({ ...here, title: 'swapped', labels: ['bug'] });
  await under.forge.deliveriesSettled();
  const seen = under.webhooks.received.map(({ payload, signed }) => {
    const { title } = payload.issue as { title: string };
    return `${title} ${payload.action} ${signed}`;
  });
  expect(seen).toEqual([
    'doubled opened true',
    'doubled opened true',
    'forged opened false',
    'late labeled true',
    'late opened true',
    'swapped labeled true',
    'swapped opened true',
  ]);
});

test('a token is revoked and an installation suspended', async () => {
  const token = await under.installationToken();
  const installation = under.forge.app.installationId;
  await admin('/suspend', { installation, suspended: true });
  await expect(under.as(token).rest.repos.get(here)).rejects.toMatchObject({ status: 403 });
  await create('unheard');
  await admin('/suspend', { installation, suspended: false });
  expect((await under.as(token).rest.repos.get(here)).status).toBe(200);
  expect(await admin('/revoke', { token })).toBe(204);
  await expect(under.as(token).rest.repos.get(here)).rejects.toMatchObject({ status: 401 });
  await under.forge.deliveriesSettled();
  expect(under.webhooks.names()).toEqual(['installation.suspend', 'installation.unsuspend']);
});

test('who does not hold the admin token finds no such door, and nonsense is refused', async () => {
  expect(await admin('/faults', {}, 'guess')).toBe(404);
  expect(await admin('/faults', { on: 'request', fault: { kind: 'explode' } })).toBe(422);
  const shut = await forgeUnderTest();
  const headers = { authorization: 'Bearer undefined' };
  expect((await fetch(`${shut.forge.html}/_forge/faults`, { headers })).status).toBe(404);
  await shut.close();
});
