import { expect, test } from 'vitest';
import { convoyScript } from '../../../testing/town/convoy-script.ts';
import { type StandingConvoy, standingConvoy } from '../../../testing/town/standing-convoy.ts';
import { townUnderTest } from '../../../testing/town-under-test/town-under-test.ts';

const hands = ({ town, issue }: StandingConvoy) =>
  town.convoy(issue).hands.map(({ what, bead, obeyed }) => [what, bead ?? null, obeyed]);

test("closing the convoy's issue ends it; someone who may not steer ends nothing", async () => {
  const under = await standingConvoy();
  const { town, issue, at } = under;
  const tim = await town.github.someone('tim', 'triage');
  await tim.rest.issues.update({ ...at, issue_number: issue, state: 'closed' });
  await town.quiet();
  expect(town.convoy(issue).ended).toBeNull();
  await town.github.owner.rest.issues.update({ ...at, issue_number: issue, state: 'open' });
  await town.github.owner.rest.issues.update({ ...at, issue_number: issue, state: 'closed' });
  const convoy = await town.until(issue, (now) => now.cleared);
  expect(convoy.ended).toMatchObject({ how: 'cancelled', reason: 'acme closed the issue.' });
  expect(hands(under)).toEqual([
    ['issue-closed', null, false],
    ['issue-reopened', null, true],
    ['issue-closed', null, true],
  ]);
});

test('taking the label away pauses, setting it again goes on, and the order stays as it was labelled', async () => {
  const under = await standingConvoy();
  const { town, issue, at } = under;
  const { rest } = town.github.owner;
  await rest.issues.removeLabel({ ...at, issue_number: issue, name: 'convoy' });
  await town.quiet();
  expect(town.convoy(issue)).toMatchObject({ paused: true, pauseCause: 'label-removed' });
  await town.label(issue, 'convoy');
  await rest.issues.update({ ...at, issue_number: issue, title: 'Tear it down', body: 'At once.' });
  await town.quiet();
  const convoy = town.convoy(issue);
  expect(convoy).toMatchObject({ paused: false, pauseCause: null });
  expect(convoy.opened).toMatchObject({ title: 'Build it', body: 'All of it.' });
  const { data } = await rest.issues.listComments({ ...at, issue_number: issue });
  expect(data).toHaveLength(1);
  expect(data[0]?.body).toContain('last by acme: not obeyed');
});

test('deleting the issue ends the convoy', async () => {
  const under = await standingConvoy();
  const { town, issue, at } = under;
  const { data } = await town.github.owner.rest.issues.get({ ...at, issue_number: issue });
  await town.github.owner.graphql(
    'mutation ($issue: ID!) { deleteIssue(input: {issueId: $issue}) { clientMutationId } }',
    { issue: data.node_id },
  );
  const convoy = await town.until(issue, (now) => now.cleared);
  expect(convoy.ended).toMatchObject({ how: 'cancelled', reason: 'acme deleted the issue.' });
});

test('moving the issue to another repository ends the convoy', async () => {
  const under = await standingConvoy();
  const { town, issue, at } = under;
  const { forge, owner } = town.github;
  await forge.createRepository({ owner: at.owner, name: 'other' });
  const { data: moved } = await owner.rest.issues.get({ ...at, issue_number: issue });
  const { data: other } = await owner.rest.repos.get({ owner: at.owner, repo: 'other' });
  await owner.graphql(
    'mutation ($issue: ID!, $to: ID!) { transferIssue(input: {issueId: $issue, repositoryId: $to}) { issue { id } } }',
    { issue: moved.node_id, to: other.node_id },
  );
  const convoy = await town.until(issue, (now) => now.cleared);
  expect(convoy.ended?.how).toBe('cancelled');
  expect(hands(under)).toEqual([['issue-transferred', null, true]]);
  expect(convoy.hands[0]?.after).toBe('acme/other#1');
});

test('an ended order is not begun again by its label: that is said', async () => {
  let ahead = 0;
  const clock = { now: () => new Date(Date.now() + ahead), secondMs: 1000 };
  const { town, issue, at } = await standingConvoy({ clock });
  const { rest } = town.github.owner;
  await rest.issues.createComment({ ...at, issue_number: issue, body: '/stop' });
  await town.until(issue, (now) => now.cleared);
  await rest.issues.removeLabel({ ...at, issue_number: issue, name: 'convoy' });
  // GitHub counts whole seconds: within the same one the label could be the one that began it all.
  ahead = 2000;
  await town.label(issue, 'convoy');
  await town.quiet();
  const { data } = await rest.issues.listComments({ ...at, issue_number: issue });
  expect(data.at(-1)?.body).toContain('Open another issue to order again');
});

test('a deleted branch ends its pull request, and that ends the convoy; a push to it is noted', async () => {
  const town = await townUnderTest({ script: convoyScript([{ title: 'Alpha' }]) });
  const { owner, repo } = town.github.repository;
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const { head } = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  const { rest } = town.github.owner;
  const branch = `gas-town/convoy-${issue}`;
  const file = { path: 'mine.txt', content: 'bWluZQ==', message: 'Add mine', branch };
  const { data: pushed } = await rest.repos.createOrUpdateFileContents({ owner, repo, ...file });
  await town.quiet();
  await rest.git.deleteRef({ owner, repo, ref: `heads/${branch}` });
  const convoy = await town.until(issue, (now) => now.ended !== null);
  expect(convoy.ended?.how).toBe('cancelled');
  expect(convoy.hands.map(({ what, before, after }) => [what, before, after])).toEqual([
    ['branch-pushed', head, pushed.commit.sha],
    ['branch-deleted', pushed.commit.sha, ''],
  ]);
});

test('a merge whose closing of the issues is told first is a landing, not a hand', async () => {
  const town = await townUnderTest({ script: convoyScript([{ title: 'Alpha' }]) });
  const { owner, repo } = town.github.repository;
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const { pullRequest } = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  await town.github.fault({ on: 'webhook', event: 'pull_request', times: 1, fault: { kind: 'drop' } });
  await town.github.owner.rest.pulls.merge({ owner, repo, pull_number: pullRequest?.number ?? 0 });
  const convoy = await town.until(issue, (now) => now.ended !== null);
  expect(convoy.ended).toMatchObject({ how: 'landed', by: 'acme' });
  expect(convoy.hands).toEqual([]);
});
