import { expect, test } from 'vitest';
import { WorkspaceAway } from '../../agent/ports/workspace.ts';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { localSandboxes } from '../../testing/sandbox/local-sandboxes.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

test('a convoy whose engine stops says so on its issue, waits, and goes on when the engine is back', async () => {
  const sandboxes = localSandboxes(await temporaryFolder());
  const reason = new WorkspaceAway('The engine stopped, @ada.');
  sandboxes.beforeRun = async (run) => {
    if (run > 1) return;
    sandboxes.engine.lose(reason);
    throw reason;
  };
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    parts: () => ({ sandboxes }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.engineLost !== null && now.mayor?.reported !== undefined);
  await town.quiet();
  const { owner, repo } = town.github.repository;
  const comment = async (): Promise<string> => {
    const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number: issue });
    return data[0]?.body ?? '';
  };
  expect(await comment()).toContain('Waiting for the Docker engine');
  expect(await comment()).not.toContain('@ada');
  sandboxes.engine.answer();
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(convoy.engineLost).toBeNull();
  expect(convoy.beads.get(1)).toMatchObject({ attempts: 1, landedAs: expect.any(String) });
  await town.quiet();
  expect(await comment()).not.toContain('Waiting for the Docker engine');
});
