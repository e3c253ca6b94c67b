import { expect, test } from 'vitest';
import type { Convoy } from '../../domain/convoy/state.ts';
import { awaitBeads, convoyScript, create, sling, works } from '../../testing/town/convoy-script.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const beads = [{ title: 'Alpha' }, { title: 'Beta', needs: [1] }];
const isProposed = (now: Convoy): boolean => now.plan.proposed !== null && !now.plan.proposed.stale;

const say = async (town: TownUnderTest, issue_number: number, body: string, by = town.github.owner) => {
  const { owner, repo } = town.github.repository;
  await by.rest.issues.createComment({ owner, repo, issue_number, body });
  await town.quiet();
};
const ours = async (town: TownUnderTest, issue_number: number): Promise<string[]> => {
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number });
  return data.filter((one) => one.user?.type === 'Bot').map((one) => one.body ?? '');
};

test('a plan waits for approval, is posted with an estimate, and is worked once its hash is approved', async () => {
  const town = await townUnderTest({ script: convoyScript(beads), settings: { plan: 'review' } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const { plan } = await town.until(issue, isProposed);
  await town.quiet();
  const hash = plan.proposed?.hash ?? '';
  const posted = (await ours(town, issue)).find((body) => body.includes('A plan waits for you'));
  expect(posted).toContain(`/approve ${hash}`);
  expect(posted).toContain('| 2 | Beta | 1 |');
  expect(posted).toContain('2 beads, the longest chain has 2. No bead has landed in this repository yet');
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listForRepo({ owner, repo });
  expect(data.map(({ number }) => number)).toEqual([issue]);
  expect(town.convoy(issue).beads.get(1)?.status).toBe('open');

  const tim = await town.github.someone('tim', 'triage');
  await say(town, issue, `/approve ${hash}`, tim);
  await say(town, issue, '/approve 0123456789abcdef');
  expect(town.convoy(issue).plan.approved.size).toBe(0);
  await say(town, issue, `/approve ${hash}`);
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect([...convoy.plan.approved]).toEqual([1, 2]);
  expect([...convoy.beads.values()].map(({ landedAs }) => landedAs)).not.toContain(null);

  const next = await town.issue({ title: 'Build more' });
  await town.label(next, 'convoy');
  await town.until(next, isProposed);
  await town.quiet();
  expect((await ours(town, next)).join('\n')).toMatch(
    /About \$\d+\.\d\d and .* the median of 2 landed beads/,
  );
});

test('/replan drops the plan and has the Mayor make another one; the old hash approves nothing', async () => {
  const mends = { title: 'Alpha', steps: works(3) };
  const script = convoyScript(
    [mends, { title: 'Beta' }],
    [
      { calls: beads.map(create) },
      { calls: [sling(1), sling(2), awaitBeads] },
      { calls: [create({ title: 'Alpha' })], expects: /did not approve the plan[\s\S]*one bead is enough/ },
      { calls: [sling(3), awaitBeads] },
      { say: 'All is settled.', expects: /landed/ },
    ],
  );
  const town = await townUnderTest({ script });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy:plan');
  const first = await town.until(issue, isProposed);
  const hash = first.plan.proposed?.hash ?? '';
  await say(town, issue, '/replan one bead is enough');
  const second = await town.until(issue, (now) => now.beads.has(3) && isProposed(now));
  expect([...second.beads.keys()]).toEqual([3]);
  await say(town, issue, `/approve ${hash}`);
  expect(town.convoy(issue).plan.approved.size).toBe(0);
  await say(town, issue, `/approve ${second.plan.proposed?.hash}`);
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect([...convoy.beads.values()].map(({ number, landedAs }) => [number, landedAs !== null])).toEqual([
    [3, true],
  ]);
});

test('a plan that changes after it was shown is shown anew, under another hash', async () => {
  const town = await townUnderTest({ script: convoyScript(beads), settings: { plan: 'review' } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const first = await town.until(issue, isProposed);
  await town.quiet();
  await town.ledger.append({
    stream: `convoy/${town.github.repository.id}/${issue}`,
    expected: 'must-exist',
    events: [
      {
        type: 'BeadEdited',
        data: { bead: 2, title: 'Beta', description: 'Send the keys.', acceptance: 'None.' },
      },
    ],
    actor: 'mayor',
    cause: 'test',
  });
  const second = await town.until(
    issue,
    (now) => isProposed(now) && now.plan.proposed?.hash !== first.plan.proposed?.hash,
  );
  await town.quiet();
  await say(town, issue, `/approve ${first.plan.proposed?.hash}`);
  expect(town.convoy(issue).plan.approved.size).toBe(0);
  const posted = await ours(town, issue);
  expect(posted.filter((body) => body.includes('A plan waits for you'))).toHaveLength(2);
  expect(posted.join('\n')).toContain(`/approve ${second.plan.proposed?.hash}`);
});
