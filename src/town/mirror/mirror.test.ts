import { expect, test } from 'vitest';
import { beadIssueOf } from '../../domain/convoy/mirror-receipts.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import {
  type TownSetup,
  type TownUnderTest,
  townUnderTest,
} from '../../testing/town-under-test/town-under-test.ts';

const three = convoyScript([
  { title: 'Alpha' },
  { title: 'Beta', needs: [1] },
  { title: 'Gamma', needs: [1, 2] },
]);

async function walked(
  setup: Partial<TownSetup> = {},
  before?: (town: TownUnderTest, issue: number) => Promise<void>,
) {
  const town = await townUnderTest({ script: three, ...setup });
  const issue = await town.issue({ title: 'Build it' });
  await before?.(town, issue);
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  await town.caughtUp();
  return { town, issue, convoy };
}

/** What a person sees: the convoy's issue, its sub-issues with what blocks them, its comments, the pull requests. */
async function seen(town: TownUnderTest, issue: number) {
  const { owner, repo } = town.github.repository;
  const { rest } = town.github.owner;
  const at = { owner, repo, issue_number: issue };
  // One whose answer was lost is made after the others.
  const children = (await rest.issues.listSubIssues(at)).data.toSorted((a, b) =>
    a.title.localeCompare(b.title),
  );
  const blockers = await Promise.all(
    children.map(async ({ number }) => {
      const { data } = await rest.issues.listDependenciesBlockedBy({ owner, repo, issue_number: number });
      return data.map((one) => one.title).toSorted();
    }),
  );
  const all = (await rest.issues.listForRepo({ owner, repo, state: 'all', per_page: 100 })).data;
  return {
    titles: children.map(({ title }) => title),
    labels: children.map(({ labels }) =>
      labels.map((label) => (typeof label === 'string' ? label : label.name)),
    ),
    states: children.map(({ state }) => state),
    blockers,
    comments: (await rest.issues.listComments(at)).data,
    issues: all.filter((one) => !one.pull_request).length,
    pulls: all.filter((one) => one.pull_request).length,
  };
}

const shown = {
  titles: ['Alpha', 'Beta', 'Gamma'],
  labels: [['bead'], ['bead'], ['bead']],
  states: ['open', 'open', 'open'],
  blockers: [[], ['Alpha'], ['Alpha', 'Beta']],
  issues: 4,
  pulls: 1,
};

test('each bead is a sub-issue with its dependencies, one comment tells the story, and a restart writes nothing twice', async () => {
  const { town, issue, convoy } = await walked();
  const now = await seen(town, issue);
  expect(now).toMatchObject(shown);
  expect(now.comments).toHaveLength(1);
  const [comment] = now.comments;
  expect(comment?.body).toContain('3 of 3 beads landed');
  expect(comment?.body).toContain(`Pull request #${convoy.pullRequest?.number} is open.`);
  for (const bead of [1, 2, 3]) expect(comment?.body).toContain(`#${beadIssueOf(convoy, bead)?.number}`);
  expect(comment?.body).toContain('b1 --> b2');

  await town.restart();
  await town.quiet();
  const after = await seen(town, issue);
  expect(after).toMatchObject(shown);
  expect(after.comments.map(({ id, body }) => [id, body])).toEqual([[comment?.id, comment?.body]]);
});

// What fits first is taken first, and the path of the issues stands in most of the others.
const creates = ['/comments', '/sub_issues', '/dependencies/', '/pulls', '/check-runs', '/graphql'];
const done = ['error-after', 'cut-after', 'error-after', 'cut-after', 'error-after', 'cut-after'] as const;
const undone = [
  'cut-before',
  'error-before',
  'cut-before',
  'error-before',
  'cut-before',
  'error-before',
] as const;

test.each([
  ['was done, and the answer is an error or none', done],
  ['never got there', undone],
])('when the first call of each kind %s, nothing is doubled and nothing lost', async (_, faults) => {
  const { town, issue } = await walked({}, async (under) => {
    await under.quiet();
    for (const [index, path] of creates.entries()) {
      const fault = { kind: faults[index] ?? 'cut-before', status: 502 };
      await under.github.fault({ on: 'request', method: 'POST', path, times: 1, fault });
    }
  });
  const now = await seen(town, issue);
  expect(now).toMatchObject(shown);
  expect(now.comments).toHaveLength(1);
});

test('what a lost answer was about is found again although the clocks of the town and of GitHub differ', async () => {
  const { town, issue } = await walked({}, async (under) => {
    await under.quiet();
    await under.restart(10 * 60_000);
    for (const path of ['/comments', '/graphql']) {
      await under.github.fault({
        on: 'request',
        method: 'POST',
        path,
        times: 1,
        fault: { kind: 'cut-after' },
      });
    }
  });
  const now = await seen(town, issue);
  expect(now).toMatchObject(shown);
  expect(now.comments).toHaveLength(1);
});

test('a marker that a stranger wrote is not believed, nor one of ours that stands elsewhere', async () => {
  const { town, issue, convoy } = await walked({}, async (under, number) => {
    const { owner, repo } = under.github.repository;
    const eve = await under.github.someone('eve', 'read');
    const forged = `<!-- gas-town status-comment ${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)} ${'a'.repeat(64)} -->`;
    await eve.rest.issues.createComment({ owner, repo, issue_number: number, body: `Mine.\n${forged}` });
  });
  const now = await seen(town, issue);
  expect(now.comments.map(({ user }) => user?.login)).toEqual(['eve', expect.stringMatching(/\[bot\]$/)]);
  const { owner, repo } = town.github.repository;
  const copied = now.comments[1]?.body ?? '';
  const eve = await town.github.someone('eve', 'read');
  await eve.rest.issues.createComment({ owner, repo, issue_number: issue, body: copied });
  await town.restart();
  await town.quiet();
  const after = await seen(town, issue);
  expect(after).toMatchObject(shown);
  expect(after.comments).toHaveLength(3);
  expect(town.convoy(issue).effects).toHaveLength(convoy.effects.length);
});
