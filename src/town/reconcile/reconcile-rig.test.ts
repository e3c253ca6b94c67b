import { expect, test } from 'vitest';
import { rigFold } from '../../domain/rig/rig.ts';
import { rigStream } from '../../domain/rig/rig-stream.ts';
import { convoyScript } from '../../testing/town/convoy-script.ts';
import { standingConvoy } from '../../testing/town/standing-convoy.ts';
import { type TownSetup, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

/** All that is done from here on is told by no webhook, and none of it is sent again. */
const deaf = { on: 'webhook', times: 1000, fault: { kind: 'drop' } } as const;
const parts: TownSetup['parts'] = ({ hubs }) => ({ hubs: { ...hubs, hooks: null } });

test('what people did while no webhook came is seen at the next pass, and obeyed once', async () => {
  const { town, issue, at, beads } = await standingConvoy({ parts });
  const { rest } = town.github.owner;
  const tim = await town.github.someone('tim', 'triage');
  await town.github.fault(deaf);
  await rest.issues.update({ ...at, issue_number: beads[1], state: 'closed' });
  await tim.rest.issues.update({ ...at, issue_number: beads[2], state: 'closed' });
  await rest.issues.createComment({ ...at, issue_number: beads[0], body: '/note Mind the gap.' });
  await rest.repos.update({ ...at, name: 'gadget' });
  await town.quiet();
  expect(town.convoy(issue).hands).toEqual([]);

  await town.reconcile();
  await town.reconcile();
  expect(town.troubles).toEqual([]);
  const convoy = town.convoy(issue);
  expect(convoy.hands.map(({ what, bead, by, obeyed }) => [what, bead, by, obeyed])).toEqual([
    ['issue-closed', 2, 'acme', true],
    ['issue-closed', 3, 'tim', false],
  ]);
  expect(convoy.beads.get(2)?.quarantined).toBe(true);
  expect(convoy.beads.get(1)?.notes.map(({ text }) => text)).toEqual(['Mind the gap.']);
  const rig = town.ledger.load(rigStream(town.github.repository.id), rigFold).state;
  expect(rig.place).toEqual({ owner: 'acme', name: 'gadget' });
  const { data } = await rest.issues.get({ owner: 'acme', repo: 'gadget', issue_number: beads[2] });
  expect(data.state).toBe('open');
});

test('a deleted issue, and a repository that was archived, are seen without a webhook', async () => {
  const { town, issue, at, beads } = await standingConvoy({ parts });
  const { rest, graphql } = town.github.owner;
  const { data } = await rest.issues.get({ ...at, issue_number: beads[1] });
  await town.github.fault(deaf);
  await graphql('mutation ($issue: ID!) { deleteIssue(input: {issueId: $issue}) { clientMutationId } }', {
    issue: data.node_id,
  });
  await town.reconcile();
  expect(town.convoy(issue).beads.get(2)?.quarantined).toBe(true);
  await rest.repos.update({ ...at, archived: true });
  await town.reconcile();
  expect(town.convoy(issue)).toMatchObject({ paused: true, pauseCause: 'rig-away' });
  await rest.repos.update({ ...at, archived: false });
  await town.reconcile();
  expect(town.convoy(issue).paused).toBe(false);
});

test('a review and a merge that no webhook told of are taken in', async () => {
  const script = convoyScript([{ title: 'Alpha' }]);
  const town = await townUnderTest({ script, parts });
  const { owner, repo } = town.github.repository;
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const { pullRequest } = await town.until(issue, (now) => now.pullRequest !== null);
  await town.quiet();
  await town.github.fault(deaf);
  const { rest } = town.github.owner;
  const pull_number = pullRequest?.number ?? 0;
  await rest.pulls.createReview({ owner, repo, pull_number, event: 'COMMENT', body: 'Fine.' });
  await town.reconcile();
  expect(town.convoy(issue).reviews.map(({ body, verdict }) => [body, verdict])).toEqual([
    ['Fine.', 'commented'],
  ]);
  await rest.pulls.merge({ owner, repo, pull_number });
  await town.reconcile();
  expect(town.convoy(issue).ended).toMatchObject({ how: 'landed', by: 'acme' });
});
