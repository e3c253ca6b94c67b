import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };
const protection = {
  required_status_checks: { strict: false, contexts: ['verify'] },
  enforce_admins: false,
  required_pull_request_reviews: { required_approving_review_count: 1 },
  restrictions: null,
};
const enable = `mutation($input: EnablePullRequestAutoMergeInput!) { enablePullRequestAutoMerge(input: $input) {
  actor { login } pullRequest { autoMergeRequest { mergeMethod enabledBy { login } } } } }`;
const disable =
  'mutation($input: DisablePullRequestAutoMergeInput!) { disablePullRequestAutoMerge(input: $input) { pullRequest { number } } }';

let under: ForgeUnderTest;
let user: ReturnType<ForgeUnderTest['as']>;
let bot: ReturnType<ForgeUnderTest['as']>;
let pull: { readonly number: number; readonly node_id: string; readonly head: { readonly sha: string } };

beforeEach(async () => {
  under = await forgeUnderTest();
  user = under.as(under.forge.userToken);
  bot = under.as(await under.installationToken());
  const file = { ...here, message: 'x', content: 'eA==' };
  const base = await user.rest.repos.createOrUpdateFileContents({ ...file, path: 'a.txt' });
  await user.rest.git.createRef({ ...here, ref: 'refs/heads/topic', sha: String(base.data.commit.sha) });
  await user.rest.repos.createOrUpdateFileContents({ ...file, path: 'b.txt', branch: 'topic' });
  pull = (await bot.rest.pulls.create({ ...here, title: 'x', head: 'topic', base: 'main' })).data;
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

const shown = async () => (await user.rest.pulls.get({ ...here, pull_number: pull.number })).data;
const refused = (message: RegExp) => ({
  errors: [{ type: 'UNPROCESSABLE', message: expect.stringMatching(message) }],
});

test('a pull request that protection holds back merges by itself once all of it is met, as who asked for it', async () => {
  const ask = (more: object = {}) =>
    bot.graphql(enable, { input: { pullRequestId: pull.node_id, mergeMethod: 'SQUASH', ...more } });
  await expect(ask()).rejects.toMatchObject(refused(/not allowed for this repository/));
  await user.rest.repos.update({ ...here, allow_auto_merge: true });
  await expect(ask()).rejects.toMatchObject(refused(/in clean status/));
  await user.rest.repos.updateBranchProtection({ ...here, branch: 'main', ...protection });
  expect((await shown()).mergeable_state).toBe('blocked');
  await expect(ask({ expectedHeadOid: 'a'.repeat(40) })).rejects.toMatchObject(refused(/match/));
  const login = 'gas-town';
  expect(await ask({ expectedHeadOid: pull.head.sha, commitHeadline: 'All of it' })).toEqual({
    enablePullRequestAutoMerge: {
      actor: { login },
      pullRequest: { autoMergeRequest: { mergeMethod: 'SQUASH', enabledBy: { login } } },
    },
  });
  const check = { ...here, name: 'verify', head_sha: pull.head.sha };
  await bot.rest.checks.create({ ...check, conclusion: 'success' });
  expect(await shown()).toMatchObject({ merged: false, auto_merge: { merge_method: 'squash' } });
  const { token } = await under.forge.addUser({
    login: 'mel',
    permission: { repository: `${owner}/${repo}`, level: 'write' },
  });
  await under.as(token).rest.pulls.createReview({ ...here, pull_number: pull.number, event: 'APPROVE' });
  const merged = await shown();
  expect(merged).toMatchObject({ merged: true, merged_by: { login: `${login}[bot]` }, auto_merge: null });
  const { data } = await user.rest.repos.getCommit({ ...here, ref: 'main' });
  expect([data.sha, data.commit.message.split('\n')[0]]).toEqual([merged.merge_commit_sha, 'All of it']);
  await under.forge.deliveriesSettled();
  const told = under.webhooks.received
    .filter(({ event }) => event === 'pull_request')
    .map(({ payload }) => payload.action);
  expect(told).toEqual(['opened', 'auto_merge_enabled', 'closed']);
});

test('it is called off by hand and by closing, and nothing merges then', async () => {
  await user.rest.repos.update({ ...here, allow_auto_merge: true });
  await user.rest.repos.updateBranchProtection({ ...here, branch: 'main', ...protection });
  const input = { pullRequestId: pull.node_id };
  await bot.graphql(enable, { input });
  await user.graphql(disable, { input });
  await expect(user.graphql(disable, { input })).rejects.toMatchObject(refused(/disable auto-merge/));
  await bot.graphql(enable, { input });
  const one = { ...here, pull_number: pull.number };
  await user.rest.pulls.update({ ...one, state: 'closed' });
  expect((await shown()).auto_merge).toBeNull();
  await user.rest.pulls.update({ ...one, state: 'open' });
  await user.rest.repos.deleteBranchProtection({ ...here, branch: 'main' });
  expect((await shown()).merged).toBe(false);
});
