import { expect, test } from 'vitest';
import { commentsOn, townWithPullRequest } from '../../../testing/town-under-test/town-with-pull-request.ts';

const auto = { settings: { merge: 'auto' } } as const;

const mustPass = (check: string) => ({
  required_status_checks: { strict: false, contexts: [check] },
  enforce_admins: true,
  required_pull_request_reviews: null,
  restrictions: null,
});

test('with merge: auto an approved pull request that nothing holds back is merged, and the convoy lands', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest(auto);
  expect(town.convoy(issue).ended).toBeNull();
  const stranger = await town.github.someone('rea', 'read');
  await stranger.rest.pulls.createReview({ ...rig, pull_number: pull, event: 'APPROVE' });
  await town.quiet();
  expect(town.convoy(issue).ended).toBeNull();
  const ben = await town.github.someone('ben', 'write');
  await ben.rest.pulls.createReview({ ...rig, pull_number: pull, event: 'APPROVE' });
  const convoy = await town.until(issue, (now) => now.ended !== null);
  expect(convoy.ended?.how).toBe('landed');
  const { data } = await town.github.owner.rest.pulls.get({ ...rig, pull_number: pull });
  expect([data.merged, data.merge_commit_sha]).toEqual([true, convoy.ended?.reason]);
});

test('what waits for a check is left to GitHub, which merges it by itself once that is green', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest(auto);
  const { owner } = town.github;
  await owner.rest.repos.update({ ...rig, allow_auto_merge: true });
  await owner.rest.repos.updateBranchProtection({ ...rig, branch: 'main', ...mustPass('ci / test') });
  const ben = await town.github.someone('ben', 'write');
  await ben.rest.pulls.createReview({ ...rig, pull_number: pull, event: 'APPROVE' });
  await town.until(issue, ({ effects }) =>
    effects.some(({ kind, status }) => kind === 'auto-merge' && status === 'confirmed'),
  );
  await town.quiet();
  const { data: waiting } = await owner.rest.pulls.get({ ...rig, pull_number: pull });
  expect([waiting.merged, waiting.auto_merge?.enabled_by.login]).toEqual([false, 'gas-town[bot]']);
  expect(town.convoy(issue).ended).toBeNull();
  const { octokit } = await town.github.hubs.clientFor({
    id: town.github.repository.id,
    owner: rig.owner,
    name: rig.repo,
  });
  const head_sha = waiting.head.sha;
  await octokit.rest.checks.create({ ...rig, head_sha, name: 'ci / test', conclusion: 'success' });
  const convoy = await town.until(issue, (now) => now.ended !== null);
  const { data } = await owner.rest.pulls.get({ ...rig, pull_number: pull });
  expect([data.merged, data.merge_commit_sha]).toEqual([true, convoy.ended?.reason]);
  expect((await commentsOn(owner, rig, pull)).filter((body) => body.includes('Not merged'))).toEqual([]);
});

test('what the repository’s rules forbid is said once, and left to people', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest(auto);
  await town.github.owner.rest.repos.updateBranchProtection({
    ...rig,
    branch: 'main',
    ...mustPass('ci / never'),
  });
  const ben = await town.github.someone('ben', 'write');
  await ben.rest.pulls.createReview({ ...rig, pull_number: pull, event: 'APPROVE' });
  const told = await town.until(issue, (now) =>
    now.effects.some((one) => one.subject.startsWith('auto-merge ') && one.status === 'confirmed'),
  );
  expect(told.ended).toBeNull();
  const words = (await commentsOn(town.github.owner, rig, pull)).filter((body) =>
    body.includes('Not merged'),
  );
  expect(words).toHaveLength(1);
});

test('without it, an approval is left to people', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest();
  const ben = await town.github.someone('ben', 'write');
  await ben.rest.pulls.createReview({ ...rig, pull_number: pull, event: 'APPROVE' });
  await town.until(issue, (now) => now.reviews.length === 1);
  await town.quiet();
  const { data } = await town.github.owner.rest.pulls.get({ ...rig, pull_number: pull });
  expect(data.merged).toBe(false);
});
