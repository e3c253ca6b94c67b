import { expect, test } from 'vitest';
import { convoyScript, works } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';
import type { Sandboxes } from '../ports/sandbox.ts';

test('a polecat is asked for its first words while its container starts, and works in that once it runs', async () => {
  const asked = Promise.withResolvers<void>();
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha', steps: works(1) }]),
    rehearsal: {
      thinking: async ({ role }) => {
        if (role === 'polecat') asked.resolve();
      },
    },
    parts: ({ sandboxes }) => {
      const start: Sandboxes['start'] = async (request) => {
        if (request.labels.purpose.startsWith('bead')) await asked.promise;
        return sandboxes.start(request);
      };
      return { sandboxes: { ...sandboxes, start } };
    },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => (now.beads.get(1)?.landedAs ?? null) !== null);
  expect(convoy.beads.get(1)).toMatchObject({ attempts: 1, outcome: { kind: 'change' } });
});
