import { expect, test } from 'vitest';
import type { Part } from '../../../testing/rehearsal/script.ts';
import { commentsOn, townWithPullRequest } from '../../../testing/town-under-test/town-with-pull-request.ts';

const looksAgain: Part = {
  role: 'refinery',
  about: 'Say hello in it',
  steps: [
    {
      calls: [{ name: 'write_file', arguments: { path: 'made-1.txt', content: 'made-1.txt\nhello\n' } }],
      expects: /What acme asks for in this pass:[\s\S]*Say hello in it\./,
    },
    { calls: [{ name: 'report', arguments: { verdict: 'LANDED', text: 'It says hello now.' } }] },
  ],
};

test('/refine on the pull request has the Refinery look again, with what was asked; what it mends is pushed and told', async () => {
  const { town, issue, pull, rig } = await townWithPullRequest({ also: [looksAgain] });
  const { owner } = town.github;
  const before = town.convoy(issue).head;
  const stranger = await town.github.someone('rea', 'read');
  await stranger.rest.issues.createComment({ ...rig, issue_number: pull, body: '/refine Say bye in it.' });
  await owner.rest.issues.createComment({ ...rig, issue_number: pull, body: '/refine Say hello in it.' });
  const convoy = await town.until(
    issue,
    (now) => now.head !== before && now.pullRequest?.sha === now.head && now.refinery.length === 2,
  );
  await town.quiet();
  expect(convoy.refineAsked.map(({ by, guidance }) => [by, guidance])).toEqual([
    ['acme', 'Say hello in it.'],
  ]);
  const { data: shown } = await owner.rest.pulls.get({ ...rig, pull_number: pull });
  expect(shown.head.sha).toBe(convoy.head);
  expect(shown.body).toContain('It says hello now.');
  const { data: compared } = await owner.rest.repos.compareCommitsWithBasehead({
    ...rig,
    basehead: `${before}...${shown.head.sha}`,
  });
  expect([compared.status, compared.files?.map(({ filename }) => filename)]).toEqual([
    'ahead',
    ['made-1.txt'],
  ]);
  const { data: file } = await owner.rest.repos.getContent({
    ...rig,
    path: 'made-1.txt',
    ref: shown.head.sha,
  });
  expect('content' in file && Buffer.from(file.content, 'base64').toString()).toBe('made-1.txt\nhello\n');
  expect((await commentsOn(owner, rig, pull)).filter((body) => body.includes('Say bye'))).toHaveLength(1);
});
