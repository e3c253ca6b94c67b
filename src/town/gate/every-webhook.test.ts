import { createHmac, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { ApiExchange } from '../../forge/forge.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

interface Sent {
  readonly event: string;
  readonly payload: object;
}

const examples = z
  .array(z.object({ name: z.string(), examples: z.array(z.looseObject({})) }))
  .parse(createRequire(import.meta.url)('@octokit/webhooks-examples'));

const all: readonly Sent[] = examples.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload) => ({ event: name, payload })),
);

/** Sends a webhook to the App's door as GitHub does, and gives the status of the answer. */
async function send(town: TownUnderTest, { event, payload }: Sent): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', town.github.forge.webhookSecret).update(body).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-github-event': event,
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${signature}`,
  };
  return (await fetch(town.github.door, { method: 'POST', headers, body })).status;
}

const isWrite = ({ request }: ApiExchange): boolean =>
  request.method !== 'GET' && request.operationId !== 'apps/create-installation-access-token';

test('every webhook that GitHub documents is taken, and none causes a write or a convoy', async () => {
  const exchanges: ApiExchange[] = [];
  const town = await townUnderTest({ forge: { onExchange: (exchange) => exchanges.push(exchange) } });
  await town.reconcile();
  exchanges.length = 0;
  const streams = town.ledger.streams('');
  expect(all.length).toBeGreaterThanOrEqual(329);
  for (const one of all) expect([one.event, await send(town, one)]).toEqual([one.event, 200]);
  const { id, owner, repo } = town.github.repository;
  const sender = { login: owner, id: 1, type: 'User' };
  // The same again as if they were about the repository that the App works in, and caused by its owner.
  for (const { event, payload } of all) {
    const repository = { ...('repository' in payload ? (payload.repository as object) : {}), id, name: repo };
    const ours = { ...payload, sender, repository: { ...repository, owner: sender, default_branch: 'main' } };
    expect([event, await send(town, { event, payload: ours })]).toEqual([event, 200]);
  }
  await town.quiet();
  expect(exchanges.filter(isWrite).map(({ request }) => `${request.method} ${request.url}`)).toEqual([]);
  expect(town.ledger.streams('')).toEqual(streams);
  expect(town.ledger.inbox.parked()).toEqual([]);
  expect(town.ledger.inbox.nextDueAt(new Set())).toBeNull();
  expect(town.troubles).toEqual([]);
});
