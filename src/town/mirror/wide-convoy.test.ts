import { expect, test } from 'vitest';
import { githubPace } from '../../adapters/github/pace/pace.ts';
import { beadIssueOf } from '../../domain/convoy/mirror-receipts.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { seenOnGitHub, walkWideConvoy } from '../../testing/town/walk-wide-convoy.ts';
import {
  beadCount,
  countWrites,
  needCount,
  onFastClock,
  wideScript,
} from '../../testing/town/wide-convoy.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const speed = 60;

const seen = {
  landed: beadCount - 1,
  comments: expect.objectContaining({ length: 1 }),
  issues: beadCount + 1,
  titles: expect.objectContaining({ length: beadCount }),
  links: expect.objectContaining({ length: needCount }),
};

test('a convoy of 30 beads with 40 needs keeps every limit of GitHub, and writes no more than it must', {
  timeout: 180_000,
}, async () => {
  const counts = countWrites();
  const town = await townUnderTest({ script: wideScript(), ...onFastClock(speed) });
  const began = Date.now();
  const issue = await town.issue({ title: 'Build all of it' });
  await walkWideConvoy(town, issue);
  await town.quiet();
  const minutes = ((Date.now() - began) * speed) / 60_000;
  expect(await seenOnGitHub(town, issue)).toEqual(seen);
  expect(town.troubles).toEqual([]);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const statusEdits = counts.get('PATCH /issues/comments') ?? 0;
  const onBeads = (counts.get('POST /api/graphql') ?? 0) + (counts.get('PATCH /issues') ?? 0);
  expect(onBeads).toBeLessThanOrEqual(3 * beadCount);
  expect(counts.get('POST /issues/dependencies/blocked_by')).toBe(needCount);
  // One for each 10 s of GitHub's clock, the last one when all is quiet.
  expect(statusEdits).toBeLessThanOrEqual(Math.ceil(minutes * 6) + 2);
  expect(total - onBeads - needCount - statusEdits).toBeLessThanOrEqual(15);
});

test('a bead is worked before the issues of the others are there: the mirror holds nothing up', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }, { title: 'Beta' }]),
    pace: { ...githubPace, writeMs: 500, createMs: 1500 },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.beads.get(1)?.status === 'in_progress');
  expect(beadIssueOf(convoy, 2)).toBeNull();
  await town.until(issue, (now) => now.pullRequest !== null);
});
