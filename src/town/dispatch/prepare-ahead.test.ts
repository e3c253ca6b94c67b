import { expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/git/temporary-folder.ts';
import { localSandboxes } from '../../testing/sandbox/local-sandboxes.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';
import type { SnapshotRequest, StartRequest } from '../ports/sandbox.ts';

test('the snapshot of the base is begun before the Mayor has made a bead, and no bead waits for another', async () => {
  const local = localSandboxes(await temporaryFolder());
  const asked: { readonly tree: string; readonly beads: number }[] = [];
  const snapshot = async (request: SnapshotRequest) => {
    asked.push({ tree: request.tree, beads: town.convoy(issue).beads.size });
    return local.snapshot(request);
  };
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    parts: () => ({ sandboxes: { ...local, snapshot } }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.pullRequest !== null);
  expect(asked[0]).toMatchObject({ beads: 0 });
  expect(new Set(asked.map(({ tree }) => tree)).size).toBe(1);
  await town.quiet();
});

test('containers are had ready before there is a bead, and each start says how many are still to come', async () => {
  const local = localSandboxes(await temporaryFolder());
  const prepared: StartRequest[] = [];
  const started: StartRequest[] = [];
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }, { title: 'Beta', needs: [1] }]),
    parts: () => ({
      sandboxes: {
        ...local,
        prepare: async (request) => void prepared.push(request),
        start: (request) => {
          started.push(request);
          return local.start(request);
        },
      },
    }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  await town.until(issue, (now) => now.pullRequest !== null);
  expect(prepared.map(({ startsLeft }) => startsLeft)).toEqual([undefined]);
  // The Refinery's pass is one more.
  expect(started.map(({ startsLeft }) => startsLeft)).toEqual([2, 1, 1]);
  await town.quiet();
});

test('what goes wrong ahead stops nobody: it is tried again when a bead needs it', async () => {
  const local = localSandboxes(await temporaryFolder());
  let first = true;
  const snapshot = async (request: SnapshotRequest) => {
    if (!first) return local.snapshot(request);
    first = false;
    throw new Error('the image is being made');
  };
  const told: string[] = [];
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }]),
    parts: ({ onProgress }) => ({
      sandboxes: { ...local, snapshot },
      onProgress: (progress) => {
        if (progress.kind === 'setup') told.push(progress.text);
        onProgress(progress);
      },
    }),
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(told).toEqual(['the image is being made\n']);
  expect(convoy.beads.get(1)).toMatchObject({ attempts: 1, landedAs: expect.any(String) });
  expect(town.troubles).toEqual([]);
  await town.quiet();
});
