import { expect, test } from 'vitest';
import { at } from '../../testing/actions/actions-world.ts';
import { type TownWorld, townWorld } from '../../testing/actions/town-world.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';

// Twenty take some minutes: GASTOWN_BEADS=20.
const count = Number(process.env.GASTOWN_BEADS ?? 4);
// With few beads fewer of the jobs that settle find something of another to push along.
const more = count < 20 ? 16 : 10;
const beads = Array.from({ length: count }, (_, index) => ({
  title: `Part ${String.fromCharCode(65 + index)}.`,
}));

/** Two jobs a bead, each with a ledger and two bare repositories of its own, all of whose work is done by git: that takes its time. */
test('no server: a convoy makes at most 6 pushes a bead and a few more, and keeps 2 refs a live bead and 10, counted where they arrive', {
  timeout: 580_000,
}, async () => {
  const standing: Promise<number>[] = [];
  const world: TownWorld = await townWorld(convoyScript(beads), {
    config: 'verify: ls made-*.txt\npolecats: 4\n',
    // At each job's start, which is every few pushes.
    meanwhile: () => standing.push(world.refs().then(({ length }) => length)),
  });
  await world.owner.rest.issues.create({ ...at, title: 'Make a file for each', labels: ['convoy'] });
  await world.forge.runsSettled();
  const { data: pulls } = await world.owner.rest.pulls.list(at);
  expect(
    pulls.map(({ head }) => head.ref),
    await world.logs(),
  ).toEqual(['gas-town/convoy-1']);
  const { data: files } = await world.owner.rest.pulls.listFiles({
    ...at,
    pull_number: pulls[0]?.number ?? 0,
    per_page: 100,
  });
  expect(files).toHaveLength(count);
  expect((await world.jobs()).filter((job) => !job.endsWith(': success'))).toEqual([]);
  // Every push is answered with all of them.
  expect(Math.max(...(await Promise.all(standing)))).toBeLessThanOrEqual(2 * count + 10);
  expect((await world.refs()).length).toBeLessThanOrEqual(10);
  // A push that came too late counts too: GitHub counts it.
  expect(world.pushes.filter(({ admitted }) => admitted).length).toBeLessThanOrEqual(6 * count + more);
});
