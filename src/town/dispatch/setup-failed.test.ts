import { expect, test } from 'vitest';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

test('a set-up command that fails ends the convoy, and its reason and output stand on the issue', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    settings: { setup: ['true', 'echo "no such package, @ada"; exit 7'] },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.ended !== null);
  expect(convoy.ended).toMatchObject({ how: 'failed', rule: 'setup-failed' });
  expect(convoy.beads.get(1)).toMatchObject({ quarantined: false, landedAs: null });
  await town.quiet();
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number: issue });
  expect(data).toHaveLength(1);
  expect(data[0]?.body).toContain('ended with status 7');
  expect(data[0]?.body).toContain('no such package');
  expect(data[0]?.body).not.toContain('@ada');
  expect(town.troubles).toEqual([]);
});
