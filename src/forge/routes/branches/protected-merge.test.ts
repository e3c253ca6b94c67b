import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ForgeUnderTest, forgeUnderTest, owner, repo } from '../../testing/forge-under-test.ts';

const here = { owner, repo };
let under: ForgeUnderTest;
let number: number;

beforeEach(async () => {
  under = await forgeUnderTest();
  const user = under.as(under.forge.userToken);
  const file = { ...here, message: 'x', content: 'eA==' };
  const base = await user.rest.repos.createOrUpdateFileContents({ ...file, path: 'a.txt' });
  await user.rest.git.createRef({ ...here, ref: 'refs/heads/topic', sha: String(base.data.commit.sha) });
  await user.rest.repos.createOrUpdateFileContents({ ...file, path: 'b.txt', branch: 'topic' });
  const bot = under.as(await under.installationToken());
  number = (await bot.rest.pulls.create({ ...here, title: 'x', head: 'topic', base: 'main' })).data.number;
  await user.rest.repos.updateBranchProtection({
    ...here,
    branch: 'main',
    required_status_checks: { strict: false, contexts: ['verify'] },
    enforce_admins: true,
    required_pull_request_reviews: { required_approving_review_count: 1 },
    restrictions: null,
  });
});

afterEach(async () => {
  expect(await under.close()).toEqual([]);
});

test('a protected branch takes a merge once it is approved by who may write, unopposed, and its checks are green', async () => {
  const bot = under.as(await under.installationToken());
  const one = { ...here, pull_number: number };
  const merge = () => bot.rest.pulls.merge(one);
  const refused = (part: RegExp) => ({ status: 405, message: expect.stringMatching(part) });
  const review = async (login: string, event: 'APPROVE' | 'REQUEST_CHANGES') => {
    const { token } = await under.forge.addUser({ login });
    await under.as(token).rest.pulls.createReview({ ...one, event, body: 'x' });
  };
  await expect(merge()).rejects.toMatchObject(refused(/At least 1 approving review/));
  await review('passer-by', 'APPROVE');
  await expect(merge()).rejects.toMatchObject(refused(/At least 1 approving review/));
  for (const login of ['mel', 'rita']) {
    const permission = { repository: `${owner}/${repo}`, level: 'write' } as const;
    await under.forge.addUser({ login, permission });
  }
  await review('rita', 'REQUEST_CHANGES');
  await review('mel', 'APPROVE');
  await expect(merge()).rejects.toMatchObject(refused(/Changes have been requested/));
  await review('rita', 'APPROVE');
  await expect(merge()).rejects.toMatchObject(refused(/"verify" is expected/));
  const head_sha = (await bot.rest.pulls.get(one)).data.head.sha;
  await bot.rest.checks.create({ ...here, name: 'verify', head_sha, conclusion: 'success' });
  expect((await merge()).data.merged).toBe(true);
});
