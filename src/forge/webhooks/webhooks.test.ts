import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;

beforeEach(async () => {
  under = await forgeUnderTest();
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

test('an issue opened with labels is announced in order, signed, by who did it, with the installation', async () => {
  const user = under.as(under.forge.userToken);
  await user.rest.issues.create({ ...here, title: 'Do it', labels: ['convoy'] });
  await under.forge.deliveriesSettled();
  expect(under.webhooks.names()).toEqual([
    'ping',
    'installation.created',
    'label.created',
    'issues.opened',
    'issues.labeled',
  ]);
  expect(under.webhooks.received.every((one) => one.signed)).toBe(true);
  expect(new Set(under.webhooks.received.map((one) => one.guid)).size).toBe(5);
  expect(under.webhooks.received.at(-1)?.payload).toMatchObject({
    label: { name: 'convoy' },
    sender: { login: owner, type: 'User' },
    installation: { id: under.forge.app.installationId },
    repository: { full_name: `${owner}/${repo}` },
  });
});

test('what the App does is sent by its bot', async () => {
  const bot = under.as(await under.installationToken());
  await bot.rest.issues.create({ ...here, title: 'Mine' });
  await under.forge.deliveriesSettled();
  expect(under.webhooks.received.at(-1)?.payload.sender).toMatchObject({
    login: 'gas-town[bot]',
    type: 'Bot',
  });
});

test('a refused delivery is remembered as failed, and is sent again under the same id when asked', async () => {
  under.webhooks.answer = 500;
  const user = under.as(under.forge.userToken);
  await user.rest.issues.create({ ...here, title: 'Do it' });
  await under.forge.deliveriesSettled();
  under.webhooks.answer = 200;
  const app = under.as(under.appJwt());
  const failed = (await app.request('GET /app/hook/deliveries', { status: 'failure', per_page: 1 })).data;
  expect(failed[0]).toMatchObject({ event: 'issues', action: 'opened', status_code: 500 });
  await app.rest.apps.redeliverWebhookDelivery({ delivery_id: Number(failed[0]?.id) });
  await under.forge.deliveriesSettled();
  const sent = under.webhooks.received.filter((one) => one.guid === failed[0]?.guid);
  expect(sent).toHaveLength(2);
  const [newest] = (await app.rest.apps.listWebhookDeliveries({ per_page: 1 })).data;
  expect(newest).toMatchObject({ guid: failed[0]?.guid, redelivery: true, status_code: 200 });
});

test('a receiver that is gone is a failed delivery and stops nothing', async () => {
  await under.webhooks.close();
  const user = under.as(under.forge.userToken);
  const made = await user.rest.issues.create({ ...here, title: 'Do it' });
  await under.forge.deliveriesSettled();
  expect(made.status).toBe(201);
  const [newest] = (await under.as(under.appJwt()).rest.apps.listWebhookDeliveries({ per_page: 1 })).data;
  expect(newest).toMatchObject({ status_code: 0, status: 'failed to connect to host' });
});
