import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../domain/event.ts';
import type { Entry } from '../../testing/git/user-repository.ts';
import { type RefineryUnderTest, refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import type { Step } from '../../testing/rehearsal/script.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
type Files = Readonly<Record<string, Entry>>;

const shell = (command: string): Step => ({ calls: [{ name: 'shell', arguments: { command } }] });
const report = (text: string, expects?: RegExp): Step => ({
  calls: [{ name: 'report', arguments: { verdict: 'LANDED', text } }],
  ...(expects ? { expects } : {}),
});

/** Two beads on one base, the first landed, the second merged onto it with what the agent does. */
async function second(base: Files, one: Files, two: Files, ...steps: Step[]): Promise<RefineryUnderTest> {
  const parts = [{ role: 'refinery' as const, steps }];
  const rig = await refineryUnderTest({ base: { ...base, z: '' }, settings: { verify: 'true' }, parts });
  await rig.close(1, one);
  await integrate(rig.town, rig.stream, never);
  await rig.close(2, two);
  await integrate(rig.town, rig.stream, never);
  return rig;
}

const long = (end = ''): string => Array.from({ length: 40 }, (_, at) => `line ${at}\n`).join('') + end;
const binary = (tail: string): Uint8Array => Buffer.concat([Buffer.from([0, 1, 2, 0]), Buffer.from(tail)]);

async function expectLanded(rig: RefineryUnderTest, files: Readonly<Record<string, string>>): Promise<void> {
  const { head, beads } = rig.convoy();
  expect(beads.get(2)?.failures).toEqual([]);
  expect(beads.get(2)?.landedAs).toBe(head);
  const { z: _, ...found } = await rig.files(head);
  expect(found).toEqual(files);
}

describe('needs no agent', () => {
  test('a rename against an edit', async () => {
    const rig = await second({ a: long() }, { a: null, b: long() }, { a: long('more\n') });
    await expectLanded(rig, { b: long('more\n') });
  });

  test('a mode against an edit', async () => {
    const rig = await second({ a: 'x\n' }, { a: { executable: 'x\n' } }, { a: 'y\n' });
    await expectLanded(rig, { a: 'y\n' });
    const [entry] = await rig.store.changedEntries(rig.base, rig.convoy().head);
    expect(entry?.after?.mode).toBe('100755');
  });
});

describe('is resolved by the agent', () => {
  test('a file deleted here and edited there: the edit may not go without a word', async () => {
    const rig = await second(
      { a: 'x\n' },
      { a: null },
      { a: 'x\nnew line of two\n' },
      shell('rm a'),
      report('It is gone.'),
      report(
        'It is gone, with "new line of two": nothing reads it.',
        /lines of bead 2 are missing[\s\S]*new line of two/,
      ),
    );
    await expectLanded(rig, {});
  });

  test('a file renamed to two names', async () => {
    const rig = await second(
      { a: long() },
      { a: null, b: long() },
      { a: null, c: long() },
      shell('rm -f a c'),
      report('One name is enough: b.'),
    );
    await expectLanded(rig, { b: long() });
  });

  test('a binary file changed on both sides: which one stands must be said', async () => {
    const rig = await second(
      { 'logo.png': binary('old') },
      { 'logo.png': binary('one') },
      { 'logo.png': binary('two') },
      shell('true'),
      report('Resolved.'),
      report('logo.png stays as bead 1 made it.', /logo\.png: the version of bead 2 is not in the result/),
    );
    await expectLanded(rig, { 'logo.png': binary('one').toString() });
  });

  test('a file here and a folder there: the name that the merge made up must go', async () => {
    const rig = await second(
      {},
      { a: 'a file of one\n' },
      { 'a/b': 'in a folder of two\n' },
      shell('ls'),
      report('Left as it is.'),
      { ...shell('mv a~* a/file'), expects: /this name was made by the merge/ },
      report('The file is a/file now.'),
    );
    await expectLanded(rig, { 'a/b': 'in a folder of two\n', 'a/file': 'a file of one\n' });
  });
});

test('a submodule moved on both sides goes back without an agent', async () => {
  const rig = await refineryUnderTest({ base: { z: '' }, settings: { verify: 'true' } });
  const move = async (branch: string, digit: string): Promise<string> => {
    await rig.user.git('checkout', '--quiet', '-B', branch, rig.base);
    await rig.user.git('update-index', '--add', '--cacheinfo', `160000,${digit.repeat(40)},sub`);
    await rig.user.git('commit', '--quiet', '--message', branch);
    return rig.user.git('rev-parse', 'HEAD');
  };
  const [one, two] = [await move('one', '1'), await move('two', '2')];
  await rig.store.fetch({ url: rig.user.path, token: null }, ['+refs/heads/*:refs/heads/*']);
  const result = await rig.store.merge(one, two);
  expect(result).toMatchObject({ status: 'conflict', paths: [{ path: 'sub' }] });
  // A bead that brings a submodule is held for a person before that; here the branch has one already.
  await rig.happen({ type: 'IntegrationVerified', data: verified(one) });
  await rig.user.git('checkout', '--quiet', '--detach', rig.base);
  await rig.happen(...closed(two, rig.base));
  await integrate(rig.town, rig.stream, never);
  expect(rig.convoy().refinery).toEqual([]);
  expect(rig.convoy().beads.get(1)?.failures[0]?.reason).toContain(
    'The submodule sub was moved on both sides',
  );
});

const verified = (commit: string) => ({
  commit,
  beads: [],
  command: null,
  exitCode: null,
  timedOut: false,
  durationMs: 0,
  outputTail: '',
  outputHash: null,
});

const closed = (commit: string, base: string): NewEvent[] => {
  const session = '00000000-0000-4000-8000-000000000001';
  const until = '2100-01-01T00:00:00Z';
  const lease = { bead: 1, attempt: 1, session, runner: 'test', until, from: base };
  const outcome = { kind: 'change', commit, base, files: 1 } as const;
  return [
    { type: 'BeadCreated', data: { bead: 1, title: 'Part 1', description: '', acceptance: '', needs: [] } },
    { type: 'BeadSlung', data: { bead: 1, topic: 'part' } },
    { type: 'LeaseGranted', data: lease },
    { type: 'BeadClosed', data: { bead: 1, attempt: 1, session, outcome } },
  ];
};
