import { expect, test } from 'vitest';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';
import type { Town } from '../town.ts';
import { withRigRoles } from './rig-roles.ts';

const script = convoyScript([{ title: 'Alpha' }]);
const parts = ({ settingsFor, roles }: Town): Partial<Town> => ({
  settingsFor: withRigRoles(settingsFor, roles),
});

test("a rig's own role file holds for its convoys, as it stood at the base commit", async () => {
  const town = await townUnderTest({
    script,
    files: {
      '.github/gas-town/roles/polecat.toml':
        'tools = ["write_file", "bead"]\n[system]\ntext = "Work as we do here."',
    },
    parts,
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.pullRequest !== null);
  const started = town.events().flatMap((event) => (event.type === 'SessionStarted' ? [event.data] : []));
  const polecat = started.find((session) => session.role === 'polecat');
  expect(polecat).toMatchObject({ system: 'Work as we do here.', tools: ['write_file', 'bead'] });
  expect(started.find((session) => session.role === 'mayor')?.system).toContain('You are the Mayor');
});

test('a mistake in one is told on the issue, and nothing is begun', async () => {
  const town = await townUnderTest({
    script,
    files: { '.github/gas-town/roles/witness.toml': 'tools = ["shell"]' },
    parts,
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.quiet();
  const { owner, repo } = town.github.repository;
  const { data: comments } = await town.github.owner.rest.issues.listComments({
    owner,
    repo,
    issue_number: issue,
  });
  expect(comments.map((comment) => comment.body).join('\n')).toContain("a witness can't have shell");
  expect(town.model.requests()).toBe(0);
});
