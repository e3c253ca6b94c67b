import { expect, test } from 'vitest';
import { commentsOn, townWithPullRequest } from '../../testing/town-under-test/town-with-pull-request.ts';

const file = (path: string, text: string) => ({
  path,
  message: `Write ${path}`,
  content: Buffer.from(text).toString('base64'),
});

test('when the base branch moves, an open pull request is brought up to date, verified again, and never rewritten', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest({ settings: { verify: 'ls made-1.txt' } });
  const before = town.convoy(issue).head;
  const { data } = await town.github.owner.rest.repos.createOrUpdateFileContents({
    ...rig,
    ...file('news.txt', 'news\n'),
  });
  const convoy = await town.until(issue, (now) => (now.pullRequest?.sha ?? before) !== before);
  await town.quiet();
  expect(convoy.baseCommit).toBe(data.commit.sha);
  expect(convoy.verified).toMatchObject({ commit: convoy.head, exitCode: 0 });
  const shown = await town.github.owner.rest.pulls.get({ ...rig, pull_number: pull });
  expect(shown.data.head.sha).toBe(town.convoy(issue).head);
  const basehead = `${before}...${convoy.head}`;
  expect(
    (await town.github.owner.rest.repos.compareCommitsWithBasehead({ ...rig, basehead })).data.status,
  ).toBe('ahead');
});

test('what a person pushes to the branch is taken in at once, and the pull request shows it as verified', async () => {
  const { town, issue, rig } = await townWithPullRequest({ settings: { verify: 'ls made-1.txt' } });
  const branch = `gas-town/convoy-${issue}`;
  const { data } = await town.github.owner.rest.repos.createOrUpdateFileContents({
    ...rig,
    branch,
    ...file('mine.txt', 'mine\n'),
  });
  const convoy = await town.until(issue, (now) => now.pullRequest?.sha === data.commit.sha);
  await town.quiet();
  expect(convoy.verified).toMatchObject({ commit: data.commit.sha, exitCode: 0 });
  expect(town.events().find(({ type }) => type === 'HandMoved')?.data).toMatchObject({ by: 'acme' });
});

test('a base that can not be taken in is told on the pull request and shown on its head; the next one mends it', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest({
    settings: { verify: 'test ! -e trap.txt || { echo "trap.txt:1: boom"; exit 1; }' },
  });
  const { head } = town.convoy(issue);
  await town.github.owner.rest.repos.createOrUpdateFileContents({ ...rig, ...file('trap.txt', 'x\n') });
  const left = await town.until(issue, (now) =>
    now.effects.some(
      (one) => one.kind === 'check-run' && one.subject.includes(' with ') && one.status === 'confirmed',
    ),
  );
  await town.quiet();
  expect(left).toMatchObject({ head, leftBehind: { base: { how: 'red' } } });
  const [told] = (await commentsOn(town.github.owner, rig, pull)).filter((body) =>
    body.includes('has moved to'),
  );
  expect(told).toContain('trap.txt:1: boom');
  const { data } = await town.github.owner.rest.checks.listForRef({ ...rig, ref: head });
  const run = data.check_runs.find(({ conclusion }) => conclusion === 'failure');
  expect(run?.name).toBe('Gas Town / refinery');
  const notes = await town.github.owner.rest.checks.listAnnotations({ ...rig, check_run_id: run?.id ?? 0 });
  expect(notes.data.map(({ path, start_line }) => [path, start_line])).toEqual([['trap.txt', 1]]);

  const { data: trap } = await town.github.owner.rest.repos.getContent({ ...rig, path: 'trap.txt' });
  if (!('sha' in trap)) throw new Error('trap.txt is no file');
  await town.github.owner.rest.repos.deleteFile({ ...rig, path: 'trap.txt', message: 'Away', sha: trap.sha });
  const mended = await town.until(issue, (now) => now.leftBehind.base === null);
  expect(mended.pullRequest).not.toBeNull();
});
