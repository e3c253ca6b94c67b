import { expect, test } from 'vitest';
import { actionsWorld, at } from '../../testing/actions/actions-world.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';

const beads = [
  { title: 'Alpha' },
  { title: 'Beta' },
  { title: 'Gamma' },
  { title: 'Delta', needs: [1] },
  { title: 'Epsilon', needs: [2] },
  { title: 'Zeta', needs: [3] },
];
const config = 'verify: ls made-*.txt\npolecats: 6\n';

/** Fourteen jobs, each a start of the program with an engine of its own to look for: that is what takes the time. */
test('no server: a label, a run for each of six beads on two levels of needs, a verified pull request, and an end', {
  timeout: 400_000,
}, async () => {
  const { forge, owner, jobs, logs, refs } = await actionsWorld(convoyScript(beads), config);
  await owner.rest.issues.create({ ...at, title: 'Make six files', labels: ['convoy'] });
  await forge.runsSettled();
  const pull = (await owner.rest.pulls.list(at)).data[0];
  expect(pull?.head.ref, await logs()).toBe('gas-town/convoy-1');
  const { data: files } = await owner.rest.pulls.listFiles({ ...at, pull_number: pull?.number ?? 0 });
  expect(files.map(({ filename }) => filename)).toEqual([1, 2, 3, 4, 5, 6].map((bead) => `made-${bead}.txt`));
  const { data: checks } = await owner.rest.checks.listForRef({ ...at, ref: pull?.head.sha ?? '' });
  expect(checks.check_runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([
    ['Gas Town / refinery', 'success'],
  ]);
  const ran = (await jobs()).filter(
    (job) => !job.startsWith('Gas Town, schedule') && !job.includes('.clock'),
  );
  expect(ran.toSorted()).toEqual(
    [
      'Gas Town 1.1.1.1',
      'Gas Town 1.2.1.1',
      'Gas Town 1.3.1.1',
      'Gas Town 1.4.1.1',
      'Gas Town 1.5.1.1',
      'Gas Town 1.6.1.1',
      'Gas Town, issues',
    ]
      .flatMap((run) => [`${run} / settle: success`, `${run} / work: success`])
      .toSorted(),
  );
  const { data: shown } = await owner.rest.issues.listForRepo({ ...at, labels: 'bead', state: 'all' });
  expect(shown.length).toBe(beads.length);
  expect(await refs()).toEqual([
    'refs/gas-town/archive',
    'refs/gas-town/convoy/1',
    'refs/gas-town/git/1/candidate',
    'refs/gas-town/git/1/final-start',
  ]);

  await owner.rest.pulls.merge({ ...at, pull_number: pull?.number ?? 0 });
  await forge.runsSettled();
  expect(await refs(), await logs()).toEqual(['refs/gas-town/archive']);
  expect((await owner.rest.issues.listForRepo({ ...at, state: 'open' })).data).toEqual([]);
});
