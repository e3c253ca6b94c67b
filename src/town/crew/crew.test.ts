import { expect, test } from 'vitest';
import type { RehearsalScript } from '../../testing/rehearsal/script.ts';
import { convoyScript, write } from '../../testing/town/convoy-script.ts';
import { type TownUnderTest, townUnderTest } from '../../testing/town-under-test/town-under-test.ts';

const approves = convoyScript([]).parts.filter(({ role }) => role === 'refinery');
const proposes = {
  calls: [
    ...(write('fast.txt').calls ?? []),
    { name: 'propose_convoy', arguments: { title: 'Keep it fast', body: 'Measure it. cc @all fixes #1' } },
  ],
};
const script: RehearsalScript = {
  parts: [
    {
      role: 'crew',
      steps: [
        { ...proposes, expects: /You are ada[\s\S]*acme says:\nMake it faster\./ },
        { say: 'It is *faster* now. @all' },
        {
          calls: [{ name: 'shell', arguments: { command: 'cat fast.txt' } }],
          expects: /says:\nIs it still there\?/,
        },
        { say: 'It is.', expects: /fast\.txt/ },
      ],
    },
    ...approves,
  ],
};

async function comments(town: TownUnderTest, issue_number: number): Promise<string[]> {
  const { owner, repo } = town.github.repository;
  const { data } = await town.github.owner.rest.issues.listComments({ owner, repo, issue_number });
  return data.map(({ body }) => body ?? '');
}

const says = async (town: TownUnderTest, issue_number: number, body: string): Promise<void> => {
  const { owner, repo } = town.github.repository;
  await town.github.owner.rest.issues.createComment({ owner, repo, issue_number, body });
};

const answers = (town: TownUnderTest, issue: number): number =>
  town
    .convoy(issue)
    .crew.get('ada')
    ?.talk.filter(({ answer }) => answer !== null).length ?? 0;

test('a conversation survives restarts and an idle half hour; what the member made lands as a bead', async () => {
  const town = await townUnderTest({ script });
  const issue = await town.issue({ title: 'It is slow' });
  await town.label(issue, 'crew');
  await town.until(issue, () => true);
  await says(town, issue, '/crew ada: Make it faster.');
  await town.until(issue, () => answers(town, issue) === 1);
  await town.quiet();
  const posted = (await comments(town, issue)).filter((body) => body.includes('**ada** answers'));
  expect(posted).toHaveLength(1);
  expect(posted[0]).toContain('> It is *faster* now.');
  expect(posted[0]).not.toContain('@all');
  const { owner, repo } = town.github.repository;
  const list = () => town.github.owner.rest.issues.listForRepo({ owner, repo, state: 'all' });
  const proposed = (await list()).data.filter(({ title }) => title === 'Keep it fast');
  expect(proposed).toMatchObject([
    {
      labels: [],
      body: expect.stringMatching(/^Proposed by ada of the crew, in the talk on #1\.[\s\S]*Measure it\./),
    },
  ]);
  expect(proposed[0]?.body).not.toMatch(/@all|fixes #1/);
  const first = town.convoy(issue).crew.get('ada');
  expect(first?.commit).not.toBeNull();

  await town.restart(31 * 60_000);
  const rested = await town.until(issue, (now) => now.crew.get('ada')?.from === null);
  expect(rested.crew.get('ada')).toMatchObject({ commit: first?.commit, session: first?.session });
  await says(town, issue, '/crew ada: Is it still there?');
  await town.until(issue, () => answers(town, issue) === 2);
  expect(town.convoy(issue).crew.get('ada')).toMatchObject({ from: first?.commit, session: first?.session });

  await says(town, issue, '/crew ada land');
  const convoy = await town.until(issue, (now) => now.pullRequest !== null);
  expect([...convoy.beads.values()].map(({ title, landedAs }) => [title, landedAs !== null])).toEqual([
    ['What ada made: Is it still there?', true],
  ]);
  const { data: files } = await town.github.owner.rest.pulls.listFiles({
    owner,
    repo,
    pull_number: convoy.pullRequest?.number ?? 0,
  });
  expect(files.map(({ filename }) => filename)).toEqual(['fast.txt']);
  await town.quiet();
  await says(town, issue, '/crew ada land');
  await town.quiet();
  expect((await list()).data.filter(({ title }) => title === 'Keep it fast')).toHaveLength(1);
  expect((await comments(town, issue)).at(-1)).toContain('ada has changed nothing that is not landed');
});
