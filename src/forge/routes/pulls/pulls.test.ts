import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../../testing/forge-under-test.ts';
import { type GitClient, gitClient } from '../../testing/git-client.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let user: ReturnType<ForgeUnderTest['as']>;
let client: GitClient;

beforeEach(async () => {
  under = await forgeUnderTest();
  user = under.as(under.forge.userToken);
  client = await gitClient(under.forge.userToken);
  await client.git('init', '-q', '-b', 'main');
  await client.git('remote', 'add', 'origin', `${under.forge.html}/${owner}/${repo}.git`);
  await commit('a.txt', 'one\ntwo\nthree\n');
  await client.git('push', '-q', 'origin', 'main');
  await client.git('checkout', '-qb', 'topic');
  await commit('a.txt', 'one\n2\nthree\n');
  await client.git('push', '-q', 'origin', 'topic');
});

afterEach(async () => {
  await client.close();
  expect(await under.close()).toEqual([]);
});

async function commit(name: string, content: string, message = `Write ${name}`): Promise<string> {
  await writeFile(path.join(client.folder, name), content);
  await client.git('add', name);
  await client.git('commit', '-qm', message);
  return client.git('rev-parse', 'HEAD');
}

async function open(body?: string): Promise<{ number: number; head: { sha: string } }> {
  const text = body === undefined ? {} : { body };
  return (await user.rest.pulls.create({ ...here, title: 'Topic', head: 'topic', base: 'main', ...text }))
    .data;
}

const failed = (part: RegExp) => ({ status: 422, message: expect.stringMatching(part) });

test('creating one is refused for a second, an unknown branch, and nothing to merge', async () => {
  await open();
  await expect(open()).rejects.toMatchObject(failed(/A pull request already exists for acme:topic/));
  const create = (head: string, base: string) => user.rest.pulls.create({ ...here, title: 'x', head, base });
  await expect(create('topic', 'nowhere')).rejects.toMatchObject({
    status: 422,
    response: { data: { errors: [{ resource: 'PullRequest', field: 'base', code: 'invalid' }] } },
  });
  await expect(create('nowhere', 'main')).rejects.toMatchObject(failed(/"field":"head"/));
  await expect(create('main', 'main')).rejects.toMatchObject(failed(/No commits between main and main/));
});

test('it follows its branch, and a conflict with its base makes it dirty', async () => {
  const { number } = await open();
  const sha = await commit('b.txt', 'new\n');
  await client.git('push', '-q', 'origin', 'topic');
  const one = { ...here, pull_number: number };
  expect((await user.rest.pulls.get(one)).data).toMatchObject({
    head: { sha },
    commits: 2,
    changed_files: 2,
    mergeable: true,
  });
  await client.git('checkout', '-q', 'main');
  await commit('a.txt', 'one\nZWEI\nthree\n');
  await client.git('push', '-q', 'origin', 'main');
  expect((await user.rest.pulls.get(one)).data).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
  await expect(user.rest.pulls.merge(one)).rejects.toMatchObject({ status: 405 });
  await under.forge.deliveriesSettled();
  const [event] = under.webhooks.received.filter((one) => one.payload.action === 'synchronize');
  expect(event?.payload).toMatchObject({ after: sha, number, pull_request: { head: { sha } } });
});

test('a stale head is 409, and merging closes what the text names, with the merger as sender', async () => {
  const issue = (await user.rest.issues.create({ ...here, title: 'Bug' })).data;
  const { number, head } = await open(`Fixes #${issue.number} and mentions #1`);
  const one = { ...here, pull_number: number };
  await expect(user.rest.pulls.merge({ ...one, sha: 'f'.repeat(40) })).rejects.toMatchObject({ status: 409 });
  const merged = (await user.rest.pulls.merge({ ...one, sha: head.sha })).data;
  expect(await client.git('ls-remote', 'origin', 'refs/heads/main')).toContain(merged.sha);
  await client.git('fetch', '-q', 'origin', 'main');
  expect(await client.git('rev-list', '--parents', '-1', 'FETCH_HEAD')).toContain(head.sha);
  expect((await user.rest.issues.get({ ...here, issue_number: issue.number })).data).toMatchObject({
    state: 'closed',
    state_reason: 'completed',
    closed_by: { login: owner },
  });
  await expect(user.rest.pulls.merge(one)).rejects.toMatchObject({ status: 405 });
  await under.forge.deliveriesSettled();
  const names = under.webhooks.names();
  expect(names.indexOf('issues.closed')).toBeGreaterThan(names.indexOf('pull_request.closed'));
  expect(names.at(-1)).toBe('push');
});

test.each(['squash', 'rebase'] as const)(
  'merging by %s leaves a straight line with the same tree',
  async (merge_method) => {
    await commit('b.txt', 'b\n', 'Second of topic');
    await client.git('push', '-q', 'origin', 'topic');
    const { number } = await open();
    await client.git('checkout', '-q', 'main');
    await commit('c.txt', 'c\n');
    await client.git('push', '-q', 'origin', 'main');
    await user.rest.pulls.merge({ ...here, pull_number: number, merge_method });
    await client.git('fetch', '-q', 'origin', 'main');
    expect(await client.git('rev-list', '--count', '--merges', 'FETCH_HEAD')).toBe('0');
    expect(await client.git('rev-list', '--count', 'FETCH_HEAD')).toBe(merge_method === 'squash' ? '3' : '4');
    expect(await client.git('ls-tree', '--name-only', 'FETCH_HEAD')).toBe('a.txt\nb.txt\nc.txt');
  },
);

test('its author can not approve it, and comments stand only on lines of its diff', async () => {
  const { number } = await open();
  const one = { ...here, pull_number: number };
  await expect(user.rest.pulls.createReview({ ...one, event: 'APPROVE' })).rejects.toMatchObject(
    failed(/Can not approve your own pull request/),
  );
  const comment = (path: string, line: number) =>
    user.rest.pulls.createReview({ ...one, event: 'COMMENT', comments: [{ path, line, body: 'x' }] });
  await expect(comment('a.txt', 99)).rejects.toMatchObject(failed(/Line could not be resolved/));
  await expect(comment('z.txt', 1)).rejects.toMatchObject(failed(/Path could not be resolved/));
  expect((await comment('a.txt', 2)).data.state).toBe('COMMENTED');
  await expect(user.rest.pulls.requestReviewers({ ...one, reviewers: [owner] })).rejects.toMatchObject(
    failed(/author/),
  );
});

test('a push that brings its commits into the base has merged it, and deleting its branch closes it', async () => {
  const { number } = await open();
  await client.git('push', '-q', 'origin', 'topic:main');
  expect((await user.rest.pulls.get({ ...here, pull_number: number })).data).toMatchObject({
    merged: true,
    state: 'closed',
  });
  await commit('b.txt', 'b\n');
  await client.git('push', '-q', 'origin', 'topic');
  const second = await open();
  await client.git('push', '-q', 'origin', ':topic');
  const after = (await user.rest.pulls.get({ ...here, pull_number: second.number })).data;
  expect(after).toMatchObject({ merged: false, state: 'closed' });
  await expect(
    user.rest.pulls.update({ ...here, pull_number: second.number, state: 'open' }),
  ).rejects.toMatchObject(failed(/has been deleted/));
});

test('its branch is brought up to date with its base, unless they conflict', async () => {
  const { number } = await open();
  const one = { ...here, pull_number: number };
  await client.git('checkout', '-q', 'main');
  await commit('c.txt', 'c\n');
  await client.git('push', '-q', 'origin', 'main');
  expect((await user.rest.pulls.updateBranch(one)).status).toBe(202);
  expect(
    (await user.rest.repos.compareCommitsWithBasehead({ ...here, basehead: 'main...topic' })).data,
  ).toMatchObject({
    status: 'ahead',
    ahead_by: 2,
  });
  await commit('a.txt', 'one\nZWEI\nthree\n');
  await client.git('push', '-q', 'origin', 'main');
  await expect(user.rest.pulls.updateBranch(one)).rejects.toMatchObject(failed(/conflict/));
});
