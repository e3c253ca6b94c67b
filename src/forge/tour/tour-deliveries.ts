import { expect } from 'vitest';
import type { ForgeUnderTest } from '../testing/forge-under-test.ts';

/** Every operation on webhook deliveries, on what the tours before have caused. */
export async function tourDeliveries(under: ForgeUnderTest): Promise<void> {
  await under.forge.deliveriesSettled();
  const app = under.as(under.appJwt());
  const [latest] = (await app.rest.apps.listWebhookDeliveries({ per_page: 1 })).data;
  const delivery_id = Number(latest?.id);
  const whole = (await app.rest.apps.getWebhookDelivery({ delivery_id })).data;
  expect(whole).toMatchObject({ guid: latest?.guid, status_code: 200, redelivery: false });
  const before = under.webhooks.received.length;
  expect((await app.rest.apps.redeliverWebhookDelivery({ delivery_id })).status).toBe(202);
  await under.forge.deliveriesSettled();
  expect(under.webhooks.received.slice(before).map((one) => one.guid)).toEqual([latest?.guid]);
}
