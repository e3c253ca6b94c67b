import { expect, test } from 'vitest';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const one = convoyScript([{ title: 'Alpha' }]);
const minute = 60_000;

/** The delivery of the last label that was set. */
function lastLabel(town: TownUnderTest) {
  const found = town.deliveries.findLast(
    ({ event, payload }) => event === 'issues' && (payload as { action: string }).action === 'labeled',
  );
  if (found === undefined) throw new Error('no label was delivered');
  return found;
}

const openings = (town: TownUnderTest) => town.events().filter(({ type }) => type === 'ConvoyOpened');

test('the same delivery twice, and the same label under another id, open one convoy', async () => {
  const town = await townUnderTest({ script: one });
  await town.github.fault({
    on: 'webhook',
    event: 'issues',
    action: 'labeled',
    times: 1,
    fault: { kind: 'duplicate' },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.quiet();
  await town.receive({ ...lastLabel(town), guid: 'the same again' });
  await town.until(issue, (now) => now.pullRequest !== null);
  expect(openings(town)).toHaveLength(1);
});

test('deliveries that come out of order come to the same', async () => {
  const town = await townUnderTest({ script: one });
  await town.github.fault({
    on: 'webhook',
    event: 'issues',
    action: 'opened',
    times: 1,
    fault: { kind: 'reorder' },
  });
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.create({
    owner,
    repo,
    title: 'Build it',
    labels: ['convoy'],
  });
  await town.until(data.number, (now) => now.pullRequest !== null);
  const actions = town.deliveries
    .filter(
      ({ event, payload }) =>
        event === 'issues' && (payload as { issue: { number: number } }).issue.number === data.number,
    )
    .map(({ payload }) => (payload as { action: string }).action);
  expect(actions.slice(0, 2)).toEqual(['labeled', 'opened']);
  expect(openings(town)).toHaveLength(1);
});

test('a webhook that is not signed by GitHub never reaches the inbox', async () => {
  const town = await townUnderTest();
  await town.github.fault({ on: 'webhook', event: 'issues', times: 2, fault: { kind: 'wrong-signature' } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.quiet();
  expect(town.deliveries.filter(({ event }) => event === 'issues')).toEqual([]);
  expect(town.ledger.streams('convoy/')).toEqual([]);
});

test('a delivery whose handling fails is tried again, and works once it can', async () => {
  const town = await townUnderTest({ script: one });
  const issue = await town.issue({ title: 'Build it' });
  await town.quiet();
  await town.github.suspend(true);
  await town.receive(labelOf(town, issue));
  await town.quiet();
  expect(town.troubles).toMatchObject([{ step: 'delivery issues by-hand', retryInMs: 1000 }]);
  await town.github.suspend(false);
  await town.restart(minute);
  await town.until(issue, () => true);
  expect(town.ledger.inbox.parked()).toEqual([]);
});

test('a delivery that fails again and again is parked with its reason, and the next ones are handled', async () => {
  const town = await townUnderTest({ script: one });
  const issue = await town.issue({ title: 'Build it' });
  await town.quiet();
  await town.github.suspend(true);
  await town.receive(labelOf(town, issue));
  for (let round = 0; round < 6; round += 1) {
    await town.quiet();
    await town.restart(minute);
  }
  await town.quiet();
  expect(town.ledger.inbox.parked()).toMatchObject([{ guid: 'by-hand', event: 'issues' }]);
  expect(town.ledger.inbox.parked()[0]?.reason).toMatch(/suspended/i);
  expect(
    town.troubles.filter(({ step }) => step.includes('by-hand')).map(({ retryInMs }) => retryInMs),
  ).toEqual([1000, 2000, 4000, 8000, 16000, null]);
  await town.github.suspend(false);
  await town.label(issue, 'convoy');
  await town.until(issue, () => true);
});

/** A label as GitHub would tell of it, made from the delivery of the issue's opening. */
function labelOf(town: TownUnderTest, issue: number) {
  const opened = town.deliveries.findLast(({ event }) => event === 'issues');
  const payload = opened?.payload as Record<string, unknown> & { issue: { number: number } };
  expect(payload.issue.number).toBe(issue);
  return {
    guid: 'by-hand',
    event: 'issues',
    payload: { ...payload, action: 'labeled', label: { name: 'convoy' } },
  };
}
