import { expect, test } from 'vitest';
import { awaitBeads, convoyScript, create, sling } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const name = (command: string) => ({ calls: [{ name: 'verify_with', arguments: { command } }] });
const beads = [{ title: 'Alpha' }];
const rest = [{ calls: beads.map(create) }, { calls: [sling(1), awaitBeads] }, { say: 'All is settled.' }];

test('a rig without a command at its base is verified by the one that the plan names, and it is said whose it is', async () => {
  const town = await townUnderTest({
    script: convoyScript(beads, [name('grep made made-1.txt'), ...rest]),
    settings: { verify: null },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  expect(convoy.verified).toMatchObject({ command: 'grep made made-1.txt', exitCode: 0 });
  const { owner, repo } = town.github.repository;
  const pull_number = convoy.pullRequest?.number ?? 0;
  const { data } = await town.github.owner.rest.pulls.get({ owner, repo, pull_number });
  expect(data.body).toContain("The repository names no command of its own: this one is the plan's.");
  expect(data.draft).toBe(false);
});

test('a rig that has a command keeps it, whatever the plan says', async () => {
  const town = await townUnderTest({
    script: convoyScript(beads, [name('true'), ...rest]),
    settings: { verify: 'ls made-1.txt' },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(convoy.namedCommand).toBeNull();
  expect(convoy.verified?.command).toBe('ls made-1.txt');
});
