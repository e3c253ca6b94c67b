import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let user: ReturnType<ForgeUnderTest['as']>;

beforeEach(async () => {
  under = await forgeUnderTest();
  user = under.as(under.forge.userToken);
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

const input = (value: Record<string, unknown>) => ({ input: value });

test('an issue is created as a sub-issue in one call, and seen from both sides', async () => {
  const parent = (await user.rest.issues.create({ ...here, title: 'Parent' })).data;
  const repository = (await user.rest.repos.get(here)).data;
  const made = await user.graphql<{ createIssue: { issue: { number: number; parent: { number: number } } } }>(
    'mutation($input: CreateIssueInput!) { createIssue(input: $input) { issue { number databaseId parent { number } author { login } } } }',
    input({ repositoryId: repository.node_id, title: 'Child', parentIssueId: parent.node_id }),
  );
  expect(made.createIssue.issue).toMatchObject({
    number: 2,
    parent: { number: parent.number },
    author: { login: owner },
  });
  expect((await user.rest.issues.listSubIssues({ ...here, issue_number: parent.number })).data).toHaveLength(
    1,
  );
  const seen = await user.graphql(
    '{ viewer { login } repository(owner: "acme", name: "widgets") { issue(number: 2) { title state } } }',
  );
  expect(seen).toEqual({
    viewer: { login: owner },
    repository: { issue: { title: 'Child', state: 'OPEN' } },
  });
});

test('an issue is deleted and another transferred, with their events', async () => {
  const [gone, moved] = [
    (await user.rest.issues.create({ ...here, title: 'Gone' })).data,
    (await user.rest.issues.create({ ...here, title: 'Moved' })).data,
  ];
  await user.rest.issues.createComment({ ...here, issue_number: moved.number, body: 'Comes along' });
  await user.graphql(
    'mutation($input: DeleteIssueInput!) { deleteIssue(input: $input) { repository { name } } }',
    input({ issueId: gone.node_id }),
  );
  await expect(user.rest.issues.get({ ...here, issue_number: gone.number })).rejects.toMatchObject({
    status: 410,
  });
  await under.forge.createRepository({ owner, name: 'other' });
  const target = (await user.rest.repos.get({ owner, repo: 'other' })).data.node_id;
  await user.graphql(
    'mutation($input: TransferIssueInput!) { transferIssue(input: $input) { issue { number } } }',
    input({ issueId: moved.node_id, repositoryId: target }),
  );
  const there = (await user.rest.issues.get({ owner, repo: 'other', issue_number: 1 })).data;
  expect(there).toMatchObject({ title: 'Moved', comments: 1 });
  expect(there.id).not.toBe(moved.id);
  await under.forge.deliveriesSettled();
  expect(under.webhooks.names().slice(-3)).toEqual(['issues.deleted', 'issues.transferred', 'issues.opened']);
  expect((await user.rest.repos.get(here)).data.open_issues_count).toBe(0);
});

test('a draft becomes ready for review, and may not be merged before', async () => {
  const file = { ...here, message: 'x', content: 'eA==' };
  await user.rest.repos.createOrUpdateFileContents({ ...file, path: 'a' });
  const { sha } = (await user.rest.git.getRef({ ...here, ref: 'heads/main' })).data.object;
  await user.rest.git.createRef({ ...here, ref: 'refs/heads/topic', sha });
  await user.rest.repos.createOrUpdateFileContents({ ...file, path: 'b', branch: 'topic' });
  const draft = { ...here, title: 'Draft', head: 'topic', base: 'main', draft: true };
  const pull = (await user.rest.pulls.create(draft)).data;
  await expect(user.rest.pulls.merge({ ...here, pull_number: pull.number })).rejects.toMatchObject({
    status: 405,
  });
  const ready = await user.graphql(
    'mutation($input: MarkPullRequestReadyForReviewInput!) { markPullRequestReadyForReview(input: $input) { pullRequest { isDraft state } } }',
    input({ pullRequestId: pull.node_id }),
  );
  expect(ready).toEqual({
    markPullRequestReadyForReview: { pullRequest: { isDraft: false, state: 'OPEN' } },
  });
  expect((await user.rest.pulls.merge({ ...here, pull_number: pull.number })).data.merged).toBe(true);
  await under.forge.deliveriesSettled();
  expect(under.webhooks.names()).toContain('pull_request.ready_for_review');
});

test('what is not there, not allowed, or not GraphQL is told with a type and a place', async () => {
  await expect(user.graphql('{ repository(owner: "acme", name: "none") { id } }')).rejects.toMatchObject({
    errors: [{ type: 'NOT_FOUND', path: ['repository'] }],
  });
  const stranger = under.as((await under.forge.addUser({ login: 'stranger' })).token);
  const issue = (await user.rest.issues.create({ ...here, title: 'Mine' })).data;
  const deletion = 'mutation($input: DeleteIssueInput!) { deleteIssue(input: $input) { clientMutationId } }';
  await expect(stranger.graphql(deletion, input({ issueId: issue.node_id }))).rejects.toMatchObject({
    errors: [{ type: 'FORBIDDEN' }],
  });
  await expect(user.graphql('{ nonsense }')).rejects.toMatchObject({
    errors: [{ locations: [{ line: 1 }] }],
  });
  expect((await fetch(`${under.forge.html}/api/graphql`, { method: 'POST', body: '{}' })).status).toBe(401);
});
