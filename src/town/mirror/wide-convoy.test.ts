import { expect, test } from 'vitest';
import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { beadIssueOf } from '../../domain/convoy/mirror-receipts.ts';
import { closed, landed, leased } from '../../testing/convoy/convoy-events.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import {
  beadCount,
  countWrites,
  needCount,
  onFastClock,
  wideScript,
} from '../../testing/town/wide-convoy.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const speed = 60;

/** The Mayor makes all beads by way of its tools; their landing is told wave by wave, as polecats and Refinery would. */
async function walked(town: TownUnderTest): Promise<{ issue: number; minutes: number }> {
  const began = Date.now();
  const issue = await town.issue({ title: 'Build all of it' });
  const stream = convoyStream(town.github.repository.id, issue);
  const tell = async (...events: Parameters<TownUnderTest['ledger']['append']>[0]['events']) => {
    await town.ledger.append({ stream, expected: 'must-exist', events, actor: 'test', cause: 'test' });
  };
  await town.label(issue, 'convoy');
  await town.until(issue, () => true);
  await tell({ type: 'ConvoyPaused', data: { by: 'test' } });
  await town.until(
    issue,
    (now) => now.beads.size === beadCount && [...now.beads.values()].every((one) => one.slung),
  );
  for (let bead = 1; bead < beadCount; bead += 1) {
    const at = bead;
    await town.until(issue, (now) => now.beads.get(at)?.status !== 'in_progress');
    await tell(leased(bead), closed(bead), landed(bead));
  }
  await town.until(issue, (now) => [...now.beads.keys()].every((bead) => beadIssueOf(now, bead) !== null));
  await town.quiet();
  return { issue, minutes: ((Date.now() - began) * speed) / 60_000 };
}

/** The issues, links and comments as a person finds them. */
async function endState(town: TownUnderTest, issue: number) {
  const { owner, repo } = town.github.repository;
  const { rest } = town.github.owner;
  const at = { owner, repo, issue_number: issue };
  const { data: children } = await rest.issues.listSubIssues({ ...at, per_page: 100 });
  const links: string[] = [];
  for (const { number, title } of children) {
    const request = { owner, repo, issue_number: number };
    const { data: blockers } = await rest.issues.listDependenciesBlockedBy(request);
    for (const blocker of blockers) links.push(`${title} needs ${blocker.title}`);
  }
  const all = (await rest.issues.listForRepo({ owner, repo, state: 'open', per_page: 100 })).data;
  return {
    titles: children.map(({ title }) => title).toSorted(),
    landed: children.filter(({ body }) => body?.includes('landed as')).length,
    links: links.toSorted(),
    comments: (await rest.issues.listComments(at)).data.length,
    issues: all.length,
  };
}

const seen = {
  landed: beadCount - 1,
  comments: 1,
  issues: beadCount + 1,
  titles: expect.objectContaining({ length: beadCount }),
  links: expect.objectContaining({ length: needCount }),
};

test('a convoy of 30 beads with 40 needs keeps every limit of GitHub, and writes no more than it must', async () => {
  const counts = countWrites();
  const town = await townUnderTest({ script: wideScript(), ...onFastClock(speed) });
  const { issue, minutes } = await walked(town);
  expect(await endState(town, issue)).toEqual(seen);
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

test('the same convoy comes to the same end where one call in ten fails, and webhooks come twice and out of order', async () => {
  const town = await townUnderTest({ script: wideScript(), ...onFastClock(speed) });
  await town.quiet();
  const kinds = ['error-after', 'cut-after', 'error-before', 'cut-before'] as const;
  for (const [index, kind] of [...kinds, ...kinds].entries()) {
    const path = index % 2 === 0 ? '/graphql' : '/dependencies/';
    await town.github.fault({
      on: 'request',
      method: 'POST',
      path,
      times: 1,
      fault: { kind, status: 502 },
    });
  }
  await town.github.fault({
    on: 'request',
    method: 'POST',
    path: '/comments',
    times: 1,
    fault: { kind: 'cut-after' },
  });
  await town.github.fault({ on: 'webhook', times: 3, fault: { kind: 'duplicate' } });
  await town.github.fault({ on: 'webhook', times: 3, fault: { kind: 'reorder' } });
  const { issue } = await walked(town);
  await town.reconcile();
  expect(await endState(town, issue)).toEqual(seen);
  expect(town.events().filter(({ type }) => type === 'ConvoyOpened')).toHaveLength(1);
});

test('a bead is worked before the issues of the others are there: the mirror holds nothing up', async () => {
  const town = await townUnderTest({
    script: convoyScript([{ title: 'Alpha' }, { title: 'Beta' }]),
    pace: { writeMs: 500, createMs: 1500, secondMs: 1000 },
  });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.beads.get(1)?.status === 'in_progress');
  expect(beadIssueOf(convoy, 2)).toBeNull();
  await town.until(issue, (now) => now.pullRequest !== null);
});
