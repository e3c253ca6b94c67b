import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let user: ReturnType<ForgeUnderTest['as']>;
let mel: ReturnType<ForgeUnderTest['as']>;

beforeAll(async () => {
  under = await forgeUnderTest();
  user = under.as(under.forge.userToken);
  const permission = { repository: `${owner}/${repo}`, level: 'write' } as const;
  mel = under.as((await under.forge.addUser({ login: 'mel', permission })).token);
});

afterAll(async () => {
  expect(await under.close()).toEqual([]);
});

/** The events that `work` causes: what happened, who did it, and what else the payload tells. */
async function caused(work: () => Promise<unknown>, ...told: string[]): Promise<unknown[]> {
  await under.forge.deliveriesSettled();
  under.webhooks.received.length = 0;
  await work();
  await under.forge.deliveriesSettled();
  return under.webhooks.received.map(({ payload }, index) => {
    const sender = payload.sender as { login: string };
    const more = told.flatMap((name) => (name in payload ? [payload[name]] : []));
    return [under.webhooks.names()[index], sender.login, ...more];
  });
}

test('each change of an issue is an event of its own, sent by who made it, with what it was', async () => {
  const { number: issue_number } = (await user.rest.issues.create({ ...here, title: 'One' })).data;
  const one = { ...here, issue_number };
  expect(
    await caused(() => mel.rest.issues.update({ ...one, title: 'Two', state: 'closed' }), 'changes'),
  ).toEqual([
    ['issues.edited', 'mel', { title: { from: 'One' } }],
    ['issues.closed', 'mel'],
  ]);
  expect(await caused(() => user.rest.issues.update({ ...one, state: 'open' }))).toEqual([
    ['issues.reopened', owner],
  ]);
  expect(await caused(() => mel.rest.issues.setLabels({ ...one, labels: ['bug'] }))).toEqual([
    ['issues.labeled', 'mel'],
  ]);
  expect(await caused(() => user.rest.issues.removeLabel({ ...one, name: 'bug' }))).toEqual([
    ['issues.unlabeled', owner],
  ]);
  expect(await caused(() => user.rest.issues.addAssignees({ ...one, assignees: ['mel'] }))).toEqual([
    ['issues.assigned', owner],
  ]);
  expect(await caused(() => mel.rest.issues.lock(one))).toEqual([['issues.locked', 'mel']]);
  expect(await caused(() => mel.rest.issues.unlock(one))).toEqual([['issues.unlocked', 'mel']]);
});

test('a comment is told when it is made, edited and deleted', async () => {
  const { number: issue_number } = (await user.rest.issues.create({ ...here, title: 'One' })).data;
  let comment_id = 0;
  const make = async () => {
    comment_id = (await mel.rest.issues.createComment({ ...here, issue_number, body: 'a' })).data.id;
  };
  expect(await caused(make)).toEqual([['issue_comment.created', 'mel']]);
  expect(
    await caused(() => user.rest.issues.updateComment({ ...here, comment_id, body: 'b' }), 'changes'),
  ).toEqual([['issue_comment.edited', owner, { body: { from: 'a' } }]]);
  expect(await caused(() => mel.rest.issues.deleteComment({ ...here, comment_id }))).toEqual([
    ['issue_comment.deleted', 'mel'],
  ]);
});

test('links between issues are told from both ends', async () => {
  const make = async (title: string) => (await user.rest.issues.create({ ...here, title })).data;
  const [parent, child] = [await make('parent'), await make('child')];
  const one = { ...here, issue_number: parent.number };
  const link = await caused(() => mel.rest.issues.addSubIssue({ ...one, sub_issue_id: child.id }));
  expect(link).toEqual([
    ['sub_issues.parent_issue_added', 'mel'],
    ['sub_issues.sub_issue_added', 'mel'],
  ]);
  const block = await caused(() => mel.rest.issues.addBlockedByDependency({ ...one, issue_id: child.id }));
  expect(block).toEqual([
    ['issue_dependencies.blocked_by_added', 'mel'],
    ['issue_dependencies.blocking_added', 'mel'],
  ]);
});

test('a pull request is told from its first push to its merge', async () => {
  const file = { ...here, message: 'x', content: 'eA==' };
  const base = await user.rest.repos.createOrUpdateFileContents({ ...file, path: 'a.txt' });
  const sha = String(base.data.commit.sha);
  const branch = await caused(() => mel.rest.git.createRef({ ...here, ref: 'refs/heads/topic', sha }), 'ref');
  expect(branch).toEqual([
    ['create', 'mel', 'topic'],
    ['push', 'mel', 'refs/heads/topic'],
  ]);
  await mel.rest.repos.createOrUpdateFileContents({ ...file, path: 'b.txt', branch: 'topic' });
  let pull_number = 0;
  const open = async () => {
    const made = await mel.rest.pulls.create({ ...here, title: 'x', head: 'topic', base: 'main' });
    pull_number = made.data.number;
  };
  expect(await caused(open)).toEqual([['pull_request.opened', 'mel']]);
  const push = () => mel.rest.repos.createOrUpdateFileContents({ ...file, path: 'c.txt', branch: 'topic' });
  expect(await caused(push)).toEqual([
    ['push', 'mel'],
    ['pull_request.synchronize', 'mel'],
  ]);
  const one = { ...here, pull_number };
  expect(await caused(() => user.rest.pulls.createReview({ ...one, event: 'APPROVE' }))).toEqual([
    ['pull_request_review.submitted', owner],
  ]);
  const merged = await caused(() => user.rest.pulls.merge(one));
  expect(merged).toEqual([
    ['pull_request.closed', owner],
    ['push', owner],
  ]);
});
