import { expect, test } from 'vitest';
import { close, convoyScript, write } from '../../testing/town/convoy-script.ts';
import { townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const remember = (text: string) => ({ name: 'remember', arguments: { text } });
const learns = (number: number, ...texts: readonly string[]) => [
  {
    ...write(`made-${number}.txt`),
    calls: [...(write(`made-${number}.txt`).calls ?? []), ...texts.map(remember)],
  },
  close(number),
];

test('what was learned is the last commit, verified, with its beads, in a section of the pull request; merge: auto waits for a person', async () => {
  const script = convoyScript([
    { title: 'Alpha', steps: learns(1, 'Run make gen first.', 'Tabs, not spaces.') },
    { title: 'Beta', steps: learns(2, 'run `make gen` first') },
  ]);
  const files = { 'README.md': 'A thing.\n', 'AGENTS.md': '# Ours\n\nTabs, not spaces!\n' };
  const town = await townUnderTest({ script, files, settings: { polecats: 1, merge: 'auto' } });
  const issue = await town.issue({ title: 'Build it' });
  await town.label(issue, 'convoy');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  const { owner, repo } = town.github.repository;
  const at = { owner, repo, pull_number: convoy.pullRequest?.number ?? 0 };
  const { data: commits } = await town.github.owner.rest.pulls.listCommits({ ...at, per_page: 100 });
  expect(commits.at(-1)?.commit.message).toMatch(/^Write down what was learned/);
  expect(commits.at(-1)?.sha).toBe(convoy.verified?.commit);
  const { data: file } = await town.github.owner.rest.repos.getContent({
    owner,
    repo,
    path: 'AGENTS.md',
    ref: 'gas-town/convoy-1',
  });
  const text = 'content' in file ? Buffer.from(file.content, 'base64').toString('utf8') : '';
  expect(text).toBe(`# Ours\n\nTabs, not spaces!\n\n## Lessons\n\n- Run make gen first. (bead ${issue}.1)\n`);
  const { data: pull } = await town.github.owner.rest.pulls.get(at);
  expect(pull.body).toMatch(/### Lessons for later agents[\s\S]*Run make gen first/);
  expect(pull.body).not.toContain('Tabs, not spaces');
  const hash = convoy.lessonsWritten[0]?.hash ?? '';
  expect(pull.draft).toBe(true);
  expect(pull.body).toContain(
    `stays a draft until someone with write permission comments \`/approve ${hash}\``,
  );
  const ben = await town.github.someone('ben', 'write');
  await ben.rest.pulls.createReview({ ...at, event: 'APPROVE' });
  await town.until(issue, (now) => now.reviews.length === 1);
  await town.quiet();
  expect(town.convoy(issue).effects.some(({ kind }) => kind === 'auto-merge')).toBe(false);
  const body = `/approve ${hash}`;
  await town.github.owner.rest.issues.createComment({ owner, repo, issue_number: issue, body });
  const landed = await town.until(issue, (now) => now.ended !== null);
  expect(landed.ended?.how).toBe('landed');
});
