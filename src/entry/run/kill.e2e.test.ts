import { expect, test } from 'vitest';
import type { JsonLine } from '../../testing/gastown/gastown-process.ts';
import { readGitHub } from '../../testing/gastown/read-github.ts';
import { runUnderTest } from '../../testing/gastown/run-under-test.ts';
import { someThere, twoFiles } from '../../testing/gastown/two-files.ts';
import { userRepository } from '../../testing/git/user-repository.ts';

/** The program is killed as soon as it has told of the first event of each of these. */
const moments = [
  'ConvoyOpened',
  'LeaseGranted',
  'BeadClosed',
  'BeadLanded',
  'RefineryStarted',
  'PullRequestOpened',
];

const eventOf = ({ type, event }: JsonLine): string | null => (type === 'event' ? (event ?? null) : null);

test('killed again and again, the same command comes to the same end, and pays for nothing twice', async () => {
  const run = await runUnderTest(twoFiles);
  const person = await userRepository(run.workspace);
  await person.commit('Begin', { 'README.md': 'Mine.\n' });
  const left = new Set(moments);
  const lines: JsonLine[] = [];
  let kills = 0;
  for (;;) {
    const started = run.start('--verify', someThere, '--merge');
    const due = started
      .line((line) => left.has(eventOf(line) ?? ''))
      .then(
        (line) => line,
        () => null,
      );
    const line = await due;
    if (line !== null) started.kill('SIGKILL');
    const ended = await started.ended;
    lines.push(...ended.lines);
    for (const told of ended.lines) left.delete(eventOf(told) ?? '');
    expect(await person.git('status', '--porcelain')).toBe('');
    if (line === null) {
      expect(ended.said).toBe('');
      expect(ended.code).toBe(0);
      break;
    }
    kills += 1;
  }
  expect(kills).toBeGreaterThanOrEqual(5);

  expect(lines.at(-1)).toMatchObject({ type: 'summary', ok: true, convoy: 1, beads: 2, landed: 2 });
  const events = await run.events();
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  expect({
    convoys: count('ConvoyOpened'),
    beads: count('BeadCreated'),
    landed: count('BeadLanded'),
  }).toEqual({
    convoys: 1,
    beads: 2,
    landed: 2,
  });
  expect(count('PullRequestOpened')).toBe(1);
  // A kill can lose the requests that were on the wire, one for each agent at work; whatever was answered is asked once.
  const replies = count('ModelReplied');
  expect(run.model.requests()).toBeGreaterThanOrEqual(replies);
  expect(run.model.requests()).toBeLessThanOrEqual(replies + 3 * kills);

  // An issue whose creation was cut off is made again, by then perhaps after the next one's.
  const { issues, ...once } = await readGitHub(run.workspace);
  expect({ ...once, issues: issues.toSorted() }).toEqual({
    issues: ['Alpha', 'Beta', 'Make two files.'],
    pulls: 1,
    comments: 1,
  });
  expect(await person.git('rev-parse', 'HEAD')).toBe(await person.git('rev-parse', 'gas-town/convoy-1'));
  expect(await person.git('ls-files')).toBe('README.md\nmade-1.txt\nmade-2.txt');
  expect(await run.onEngine()).toEqual({ running: [], containers: [], images: [] });
}, 150_000);
