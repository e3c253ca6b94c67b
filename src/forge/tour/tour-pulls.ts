import { expect } from 'vitest';
import { type ForgeUnderTest, owner, repo } from '../testing/forge-under-test.ts';

const here = { owner, repo };

/** Every operation on pull requests and reviews, from `topic` into `main` as the git tour leaves them; merges in the end. */
export async function tourPulls(under: ForgeUnderTest): Promise<void> {
  const bot = under.as(await under.installationToken());
  const issue = (await bot.rest.issues.create({ ...here, title: 'To be closed' })).data;
  const created = await bot.rest.pulls.create({
    ...here,
    title: 'Topic',
    head: 'topic',
    base: 'main',
    body: `Closes #${issue.number}`,
  });
  const pull_number = created.data.number;
  const one = { ...here, pull_number };
  expect(created.data).toMatchObject({
    mergeable: true,
    commits: 1,
    changed_files: 2,
    additions: 2,
    deletions: 1,
  });
  expect((await bot.rest.pulls.get(one)).data.head.ref).toBe('topic');
  expect((await bot.rest.pulls.list({ ...here, head: `${owner}:topic` })).data).toHaveLength(1);
  expect((await bot.rest.pulls.update({ ...one, title: 'Topic branch' })).data.title).toBe('Topic branch');
  expect((await bot.rest.pulls.listFiles(one)).data.map((file) => file.filename)).toEqual([
    'docs/read me.md',
    'src/a.js',
  ]);
  expect((await bot.rest.pulls.listCommits(one)).data).toHaveLength(1);
  await bot.rest.pulls.requestReviewers({ ...one, reviewers: [owner] });
  expect((await bot.rest.pulls.listRequestedReviewers(one)).data.users).toHaveLength(1);
  await bot.rest.pulls.removeRequestedReviewers({ ...one, reviewers: [owner] });
  await tourReviews(under, pull_number);
  await tourChecks(under, created.data.head.sha);
  await expect(bot.rest.pulls.updateBranch(one)).rejects.toMatchObject({ status: 422 });
  await expect(bot.rest.pulls.checkIfMerged(one)).rejects.toMatchObject({ status: 404 });
  const merged = (await bot.rest.pulls.merge({ ...one, sha: created.data.head.sha })).data;
  expect(merged.merged).toBe(true);
  expect((await bot.rest.pulls.checkIfMerged(one)).status).toBe(204);
  expect((await bot.rest.pulls.get(one)).data).toMatchObject({
    merged: true,
    state: 'closed',
    merge_commit_sha: merged.sha,
  });
  expect((await bot.rest.issues.get({ ...here, issue_number: issue.number })).data.state).toBe('closed');
  const named = await bot.rest.repos.listPullRequestsAssociatedWithCommit({
    ...here,
    commit_sha: merged.sha,
  });
  expect(named.data.map((pull) => pull.number)).toEqual([pull_number]);
}

async function tourReviews(under: ForgeUnderTest, pull_number: number): Promise<void> {
  const user = under.as(under.forge.userToken);
  const bot = under.as(await under.installationToken());
  const one = { ...here, pull_number };
  const review = (
    await user.rest.pulls.createReview({
      ...one,
      event: 'REQUEST_CHANGES',
      body: 'Not yet',
      comments: [{ path: 'docs/read me.md', line: 2, side: 'RIGHT', body: 'Spell it out' }],
    })
  ).data;
  expect(review.state).toBe('CHANGES_REQUESTED');
  const this_one = { ...one, review_id: review.id };
  expect((await bot.rest.pulls.listReviews(one)).data).toHaveLength(1);
  expect((await bot.rest.pulls.getReview(this_one)).data.body).toBe('Not yet');
  const [comment] = (await bot.rest.pulls.listCommentsForReview(this_one)).data;
  expect(comment?.diff_hunk).toContain('+2');
  const comment_id = Number(comment?.id);
  const reply = await bot.rest.pulls.createReplyForReviewComment({ ...one, comment_id, body: 'Done' });
  expect(reply.data.in_reply_to_id).toBe(comment_id);
  expect((await bot.rest.pulls.listReviewComments(one)).data).toHaveLength(2);
  expect((await bot.rest.pulls.listReviewCommentsForRepo(here)).data).toHaveLength(2);
  expect((await bot.rest.pulls.getReviewComment({ ...here, comment_id })).data.line).toBe(2);
  const own = { ...here, comment_id: reply.data.id };
  await bot.rest.pulls.updateReviewComment({ ...own, body: 'Done now' });
  const heart = await bot.rest.reactions.createForPullRequestReviewComment({ ...own, content: 'heart' });
  expect((await bot.rest.reactions.listForPullRequestReviewComment(own)).data).toHaveLength(1);
  await bot.rest.reactions.deleteForPullRequestComment({ ...own, reaction_id: heart.data.id });
  await bot.rest.pulls.deleteReviewComment(own);
  const commit_id = String(review.commit_id);
  await bot.rest.pulls.createReviewComment({ ...one, commit_id, path: 'src/a.js', line: 1, body: 'Mine' });
  await user.rest.pulls.updateReview({ ...this_one, body: 'Not just yet' });
  expect((await user.rest.pulls.dismissReview({ ...this_one, message: 'Fixed' })).data.state).toBe(
    'DISMISSED',
  );
  const pending = (await user.rest.pulls.createReview(one)).data;
  expect(pending.state).toBe('PENDING');
  expect((await bot.rest.pulls.listReviews(one)).data.map((entry) => entry.state)).not.toContain('PENDING');
  await user.rest.pulls.deletePendingReview({ ...one, review_id: pending.id });
  const last = (await user.rest.pulls.createReview(one)).data;
  const approved = await user.rest.pulls.submitReview({ ...one, review_id: last.id, event: 'APPROVE' });
  expect(approved.data.state).toBe('APPROVED');
}

async function tourChecks(under: ForgeUnderTest, head_sha: string): Promise<void> {
  const bot = under.as(await under.installationToken());
  const created = await bot.rest.checks.create({ ...here, name: 'verify', head_sha, status: 'in_progress' });
  const run = { ...here, check_run_id: created.data.id };
  const annotations = [
    { path: 'src/a.js', start_line: 1, end_line: 1, annotation_level: 'warning' as const, message: 'Hm' },
  ];
  const done = await bot.rest.checks.update({
    ...run,
    conclusion: 'success',
    output: { title: 'Passed', summary: '12 tests', annotations },
  });
  expect(done.data).toMatchObject({
    status: 'completed',
    conclusion: 'success',
    output: { annotations_count: 1 },
  });
  expect((await bot.rest.checks.get(run)).data.completed_at).not.toBeNull();
  expect((await bot.rest.checks.listAnnotations(run)).data[0]?.message).toBe('Hm');
  expect((await bot.rest.checks.listForRef({ ...here, ref: 'topic' })).data.total_count).toBe(1);
  const suites = (await bot.rest.checks.listSuitesForRef({ ...here, ref: 'topic' })).data;
  const suite = { ...here, check_suite_id: Number(suites.check_suites[0]?.id) };
  expect((await bot.rest.checks.getSuite(suite)).data).toMatchObject({
    conclusion: 'success',
    head_branch: 'topic',
  });
  expect((await bot.rest.checks.listForSuite(suite)).data.check_runs).toHaveLength(1);
  await bot.rest.checks.rerequestRun(run);
  await bot.rest.checks.rerequestSuite(suite);
  await bot.rest.repos.createCommitStatus({ ...here, sha: head_sha, state: 'pending', context: 'lint' });
  await bot.rest.repos.createCommitStatus({ ...here, sha: head_sha, state: 'success', context: 'lint' });
  expect((await bot.rest.repos.listCommitStatusesForRef({ ...here, ref: head_sha })).data).toHaveLength(2);
  expect((await bot.rest.repos.getCombinedStatusForRef({ ...here, ref: 'topic' })).data.state).toBe(
    'success',
  );
}
