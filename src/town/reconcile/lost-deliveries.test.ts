import { expect, test } from 'vitest';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const two = convoyScript([{ title: 'Alpha' }, { title: 'Beta', needs: [1] }]);

test('an hour of lost webhooks heals by itself', async () => {
  const town = await townUnderTest({ script: two });
  await town.reconcile();
  const heard = town.deliveries.length;
  await town.github.fault({ on: 'webhook', times: 50, fault: { kind: 'drop' } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.quiet();
  expect(town.deliveries).toHaveLength(heard);
  expect(town.ledger.streams('convoy/')).toEqual([]);

  await town.github.heal();
  await town.restart(60 * 60_000);
  await town.reconcile();
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect([...convoy.beads.values()].map(({ landedAs }) => landedAs)).not.toContain(null);
});

test('what was taken in is not asked for again, and what is refused each time is given up', async () => {
  const town = await townUnderTest();
  await town.issue({ title: 'Heard' });
  await town.reconcile();
  const heard = town.deliveries.length;
  await town.reconcile();
  expect(town.deliveries).toHaveLength(heard);

  await town.github.fault({ on: 'webhook', times: 50, fault: { kind: 'wrong-signature' } });
  await town.issue({ title: 'Never heard' });
  await town.quiet();
  for (let pass = 0; pass < 8; pass += 1) await town.reconcile();
  const log = await town.github.hooks.since(new Date(0));
  const attempts = Map.groupBy(log, ({ guid }) => guid);
  expect([...attempts.values()].map((tries) => tries.length).toSorted()).toEqual(
    expect.arrayContaining([1, 5]),
  );
  expect(Math.max(...[...attempts.values()].map((tries) => tries.length))).toBe(5);
  expect(town.deliveries).toHaveLength(heard);
});

test('where GitHub does not answer, the pass is told as trouble and the next one goes on', async () => {
  let refused = 1;
  const town = await townUnderTest({
    parts: ({ hubs }) => ({
      hubs: {
        ...hubs,
        hooks: hubs.hooks && {
          ...hubs.hooks,
          since: (time) => {
            refused -= 1;
            return refused < 0 ? Promise.resolve([]) : Promise.reject(new Error(`not since ${time}`));
          },
        },
      },
    }),
  });
  await town.reconcile();
  expect(town.troubles.map(({ step }) => step)).toEqual(['reconcile deliveries']);
  await town.reconcile();
  expect(town.troubles).toHaveLength(1);
});
