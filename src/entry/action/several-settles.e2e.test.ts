import { expect, test } from 'vitest';
import { at } from '../../testing/actions/actions-world.ts';
import { townWorld } from '../../testing/actions/town-world.ts';
import { awaitBeads, convoyScript } from '../../testing/town/convoy-script.ts';

const config = 'verify: ls made-*.txt\npolecats: 1\n';
const titles = ['Alpha', 'Beta'].map((title) => ({ title }));

test('no server: two convoys at once, each on a stream and a branch of its own', {
  timeout: 300_000,
}, async () => {
  const world = await townWorld(convoyScript([{ title: 'Alpha' }]), { config });
  for (const title of ['One file', 'Another file'])
    await world.owner.rest.issues.create({ ...at, title, labels: ['convoy'] });
  await world.forge.runsSettled();
  const { data: pulls } = await world.owner.rest.pulls.list(at);
  expect(pulls.map(({ head }) => head.ref).toSorted(), await world.logs()).toEqual([
    'gas-town/convoy-1',
    'gas-town/convoy-2',
  ]);
  expect((await world.refs()).filter((ref) => ref.includes('/convoy/'))).toEqual([
    'refs/gas-town/convoy/1',
    'refs/gas-town/convoy/2',
  ]);
  expect(
    (await world.jobs()).filter((job) => !job.endsWith(': success')),
    await world.logs(),
  ).toEqual([]);
});

test('no ledger key: a Mayor whose words are kept nowhere goes on from the beads that stand, and makes none again', {
  timeout: 300_000,
}, async () => {
  const script = convoyScript(titles);
  const again = {
    role: 'mayor',
    about: 'these beads stand',
    steps: [{ calls: [awaitBeads] }, { say: 'Done.' }],
  } as const;
  const world = await townWorld({ parts: [again, ...script.parts] }, { config, ledgerKey: null });
  await world.owner.rest.issues.create({ ...at, title: 'Make two files', labels: ['convoy'] });
  await world.forge.runsSettled();
  const { data: beads } = await world.owner.rest.issues.listForRepo({ ...at, labels: 'bead', state: 'all' });
  expect(beads, await world.logs()).toHaveLength(titles.length);
  expect((await world.owner.rest.pulls.list(at)).data).toHaveLength(1);
});
