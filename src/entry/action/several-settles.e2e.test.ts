import { expect, test } from 'vitest';
import { at } from '../../testing/actions/actions-world.ts';
import { type TownWorld, townWorld } from '../../testing/actions/town-world.ts';
import { awaitBeads, convoyScript } from '../../testing/town/convoy-script.ts';

const config = 'verify: ls made-*.txt\npolecats: 1\n';
const titles = ['Alpha', 'Beta'].map((title) => ({ title }));

test('no server: two convoys at once, each on a stream and a branch of its own; a job run again does nothing twice', {
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
  const budget = { ...at, issue_number: 1, body: '/budget +1usd' };
  await world.owner.rest.issues.createComment(budget);
  await world.forge.runsSettled();

  // A label, a bead and a command: each is run again by hand, as GitHub's "Re-run jobs" does it.
  const before = await standing(world);
  const { data } = await world.owner.rest.actions.listWorkflowRunsForRepo(at);
  const titles = ['Gas Town, issues', 'Gas Town 1.1.1.1', 'Gas Town, issue_comment'];
  for (const title of titles) {
    const run = data.workflow_runs.findLast(({ display_title }) => display_title === title);
    await world.owner.rest.actions.reRunWorkflow({ ...at, run_id: run?.id ?? 0 });
    await world.forge.runsSettled();
    const again = await world.owner.rest.actions.getWorkflowRun({ ...at, run_id: run?.id ?? 0 });
    expect(again.data).toMatchObject({ run_attempt: 2, conclusion: 'success' });
  }
  expect(await standing(world)).toEqual(before);
  expect(
    (await world.jobs()).filter((job) => !job.endsWith(': success')),
    await world.logs(),
  ).toEqual([]);
});

/** All that a town has said and kept: where its refs stand, its issues and pull requests, and how much was said on them. */
async function standing({ owner: { rest } }: TownWorld) {
  const refs = await rest.git.listMatchingRefs({ ...at, ref: 'gas-town/' });
  const issues = await rest.issues.listForRepo({ ...at, state: 'all' });
  const comments = await rest.issues.listCommentsForRepo(at);
  const runs = await rest.actions.listWorkflowRunsForRepo(at);
  return {
    refs: refs.data.map(({ ref, object }) => `${ref} ${object.sha}`),
    issues: issues.data.map(({ title, state, body }) => [title, state, body]),
    comments: comments.data.map(({ body }) => body),
    runs: runs.data.workflow_runs.map(({ display_title }) => display_title),
  };
}

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
