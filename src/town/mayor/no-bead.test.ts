import { expect, test } from 'vitest';
import { create } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

test('a Mayor that makes no bead ends the convoy with its last words, quoted harmlessly', async () => {
  const words = { say: 'I do not understand, @ada. fixes #1' };
  // It is reminded of its task once.
  const steps = [words, words];
  const town = await townUnderTest({ script: { parts: [{ role: 'mayor', steps }] } });
  const issue = await town.issue({ title: 'Hm' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.ended !== null);
  expect(convoy.ended?.reason).toContain('I do not understand');
  await town.quiet();
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number: issue });
  expect(data).toHaveLength(1);
  expect(data[0]?.body).toContain('The Mayor made no bead');
  expect(data[0]?.body).not.toMatch(/@ada|fixes #1/);
});

test('a Mayor that orders nothing of what it made ends the convoy too', async () => {
  const planned = { say: 'All is planned.' };
  const steps = [{ calls: [create({ title: 'Alpha' })] }, planned, planned];
  const town = await townUnderTest({ script: { parts: [{ role: 'mayor', steps }] } });
  const issue = await town.issue({ title: 'Hm' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.ended !== null);
  expect(convoy.ended?.reason).toBe('The Mayor ordered none of its beads. Its last words: All is planned.');
});
