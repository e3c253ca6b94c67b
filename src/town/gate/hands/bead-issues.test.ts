import { expect, test } from 'vitest';
import { type StandingConvoy, standingConvoy } from '../../../testing/town/standing-convoy.ts';

const hands = ({ town, issue }: StandingConvoy) =>
  town.convoy(issue).hands.map(({ what, bead, by, obeyed }) => [what, bead, by, obeyed]);
const bead = ({ town, issue }: StandingConvoy, number: number) => town.convoy(issue).beads.get(number);

test("closing a bead's issue takes the bead out, and reopening it takes the bead up again", async () => {
  const under = await standingConvoy();
  const { town, at, beads } = under;
  const { rest } = town.github.owner;
  await rest.issues.update({ ...at, issue_number: beads[1], state: 'closed' });
  await town.quiet();
  expect(bead(under, 2)).toMatchObject({ quarantined: true, blockedBecause: 'acme closed its issue' });
  await rest.issues.update({ ...at, issue_number: beads[1], state: 'open' });
  await town.quiet();
  expect(bead(under, 2)).toMatchObject({ quarantined: false, status: 'open', slung: true });
  expect(hands(under)).toEqual([
    ['issue-closed', 2, 'acme', true],
    ['issue-reopened', 2, 'acme', true],
  ]);
});

test('a bead that is being worked stops when its issue is closed, and the next one starts', async () => {
  const under = await standingConvoy();
  const { town, issue, at, beads } = under;
  await town.github.owner.rest.issues.update({ ...at, issue_number: beads[0], state: 'closed' });
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect(convoy.beads.get(1)).toMatchObject({ quarantined: true, lease: null });
  expect([2, 3].map((number) => convoy.beads.get(number)?.landedAs)).not.toContain(null);
});

test('someone who may only triage takes nothing out: the issue is opened again', async () => {
  const under = await standingConvoy();
  const { town, at, beads } = under;
  const tim = await town.github.someone('tim', 'triage');
  await tim.rest.issues.update({ ...at, issue_number: beads[2], state: 'closed' });
  await town.quiet();
  expect(bead(under, 3)).toMatchObject({ quarantined: false, status: 'open' });
  expect(hands(under)).toEqual([['issue-closed', 3, 'tim', false]]);
  const { data } = await town.github.owner.rest.issues.get({ ...at, issue_number: beads[2] });
  expect(data.state).toBe('open');
  await town.reconcile();
  expect(hands(under)).toHaveLength(1);
});

test("a new title is the bead's while nobody works on it; what isn't obeyed is put back", async () => {
  const under = await standingConvoy();
  const { town, at, beads } = under;
  const { rest } = town.github.owner;
  const before = (await rest.issues.get({ ...at, issue_number: beads[1] })).data;
  await rest.issues.update({ ...at, issue_number: beads[1], title: 'Beta, but \u200bbetter' });
  await rest.issues.update({ ...at, issue_number: beads[0], title: 'Something else' });
  await town.quiet();
  await rest.issues.update({ ...at, issue_number: beads[1], body: 'Mine.' });
  await town.quiet();
  expect(bead(under, 2)?.title).toBe('Beta, but better');
  expect(bead(under, 1)?.title).toBe('Alpha');
  const [first, second] = await Promise.all(
    [beads[0], beads[1]].map(async (issue_number) => (await rest.issues.get({ ...at, issue_number })).data),
  );
  expect(first?.title).toBe('Alpha');
  expect(second).toMatchObject({ title: 'Beta, but better', body: before.body });
  expect(hands(under)).toEqual([
    ['issue-retitled', 2, 'acme', true],
    ['issue-retitled', 1, 'acme', false],
    ['issue-edited', 2, 'acme', false],
  ]);
});

test('labels, parents and dependencies that people move are noted, and needs follow', async () => {
  const under = await standingConvoy();
  const { town, issue, at, beads } = under;
  const { rest } = town.github.owner;
  const { data: second } = await rest.issues.get({ ...at, issue_number: beads[1] });
  await rest.issues.removeLabel({ ...at, issue_number: beads[1], name: 'bead' });
  await rest.issues.removeSubIssue({ ...at, issue_number: issue, sub_issue_id: second.id });
  await rest.issues.addBlockedByDependency({ ...at, issue_number: beads[2], issue_id: second.id });
  await town.quiet();
  expect(bead(under, 3)?.needs).toEqual([2]);
  await rest.issues.removeDependencyBlockedBy({ ...at, issue_number: beads[2], issue_id: second.id });
  await rest.issues.setLabels({ ...at, issue_number: beads[2], labels: ['bead', 'convoy'] });
  await town.quiet();
  expect(bead(under, 3)?.needs).toEqual([]);
  expect(hands(under)).toEqual([
    ['issue-unlabelled', 2, 'acme', true],
    ['issue-reparented', 2, 'acme', false],
    ['needs-changed', 3, 'acme', true],
    ['needs-changed', 3, 'acme', true],
  ]);
  const { data: comments } = await rest.issues.listComments({ ...at, issue_number: beads[2] });
  expect(comments.map(({ body }) => body)).toEqual([expect.stringContaining(`bead 3 of #${issue}`)]);
  expect(town.ledger.streams('convoy/')).toHaveLength(1);
});

test('a bead whose issue is put under another parent is noted, and stays a bead of its convoy', async () => {
  const under = await standingConvoy();
  const { town, at, beads } = under;
  const { rest } = town.github.owner;
  const { data: other } = await rest.issues.create({ ...at, title: 'Another plan' });
  const { data: second } = await rest.issues.get({ ...at, issue_number: beads[1] });
  const moved = { issue_number: other.number, sub_issue_id: second.id, replace_parent: true };
  await rest.issues.addSubIssue({ ...at, ...moved });
  await town.quiet();
  expect(
    hands(under).every(
      ([what, number, by, obeyed]) => what === 'issue-reparented' && number === 2 && by === 'acme' && !obeyed,
    ),
  ).toBe(true);
  expect(hands(under)).not.toEqual([]);
  expect(bead(under, 2)).toMatchObject({ status: 'open', slung: true, quarantined: false });
  expect(town.troubles).toEqual([]);
});

test('an issue that was moved away or deleted is not made anew: the bead goes on, or is taken out', async () => {
  const under = await standingConvoy();
  const { town, issue, at, beads } = under;
  const { github } = town;
  await github.forge.createRepository({ owner: at.owner, name: 'other' });
  const nodeOf = async (issue_number: number) =>
    (await github.owner.rest.issues.get({ ...at, issue_number })).data.node_id;
  const { data: other } = await github.owner.rest.repos.get({ owner: at.owner, repo: 'other' });
  await github.owner.graphql(
    'mutation ($issue: ID!, $to: ID!) { transferIssue(input: {issueId: $issue, repositoryId: $to}) { issue { id } } }',
    { issue: await nodeOf(beads[1]), to: other.node_id },
  );
  await github.owner.graphql(
    'mutation ($issue: ID!) { deleteIssue(input: {issueId: $issue}) { clientMutationId } }',
    { issue: await nodeOf(beads[2]) },
  );
  await town.quiet();
  expect(hands(under)).toEqual([
    ['issue-transferred', 2, 'acme', true],
    ['issue-deleted', 3, 'acme', true],
  ]);
  expect(town.convoy(issue).hands[0]?.after).toBe('acme/other#1');
  expect(bead(under, 2)).toMatchObject({ status: 'open', quarantined: false });
  expect(bead(under, 3)).toMatchObject({ quarantined: true });
  await github.owner.rest.issues.update({ ...at, issue_number: beads[0], state: 'closed' });
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  expect(convoy.beads.get(2)?.landedAs).not.toBeNull();
  expect(town.troubles).toEqual([]);
  const { data } = await github.owner.rest.issues.listForRepo({ ...at, state: 'all' });
  expect(data.filter((one) => !one.pull_request)).toHaveLength(2);
});
