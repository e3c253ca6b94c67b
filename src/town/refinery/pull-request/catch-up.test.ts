import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../testing/git/user-repository.ts';
import { type RefineryUnderTest, refineryUnderTest } from '../../../testing/refinery/refinery-under-test.ts';
import type { Step } from '../../../testing/rehearsal/script.ts';
import type { Hub } from '../../ports/hub.ts';
import { integrate } from '../integrate.ts';
import { type CaughtUp, catchUp } from './catch-up.ts';

const never = new AbortController().signal;
const own = 'gas-town/convoy-7';
const base = { list: 'first\nlast\n', 'verify.sh': '! grep -r broken --include=*.txt .\n' };

/** GitHub, as far as catching up needs it: where the person's repository is, and a place to say what could not be done. */
const hubOf = (rig: RefineryUnderTest): Hub =>
  ({
    gitRemote: async () => ({ url: rig.user.path, token: null }),
    createComment: async () => ({ id: 1 }),
  }) as unknown as Hub;
const catchingUp = (rig: RefineryUnderTest): Promise<CaughtUp> =>
  catchUp(rig.town, rig.stream, hubOf(rig), never);

const write = (path: string, content: string): Step => ({
  calls: [{ name: 'write_file', arguments: { path, content } }],
});
const report = (text: string, verdict = 'LANDED'): Step => ({
  calls: [{ name: 'report', arguments: { verdict, text } }],
});

/** A convoy with one landed bead, whose branch a person's repository has too. */
async function landed(...steps: Step[]): Promise<RefineryUnderTest> {
  const rig = await refineryUnderTest({ base, parts: [{ role: 'refinery', steps }] });
  await rig.close(1, { list: 'first\nfrom one\nlast\n' });
  await integrate(rig.town, rig.stream, never);
  await rig.user.git('checkout', '--quiet', 'main');
  await rig.user.git(
    'fetch',
    '--quiet',
    join(rig.user.path, '..', 'rigs', '1.git'),
    `+refs/heads/${own}:refs/heads/${own}`,
  );
  return rig;
}

async function personCommits(
  rig: RefineryUnderTest,
  branch: string,
  files: Readonly<Record<string, Entry>>,
): Promise<string> {
  await rig.user.git('checkout', '--quiet', branch);
  return rig.user.commit('by hand', files);
}

describe('before a push', () => {
  test('nothing happens where nothing has moved', async () => {
    const rig = await landed();
    const before = rig.events().length;
    expect(await catchingUp(rig)).toEqual({ push: 'up-to-date', base: 'up-to-date' });
    expect(rig.events()).toHaveLength(before);
  });

  test('a base that has moved is merged in and the result verified', async () => {
    const rig = await landed();
    const { head } = rig.convoy();
    const moved = await personCommits(rig, 'main', { 'new.txt': 'on main\n' });
    expect((await catchingUp(rig)).base).toBe('taken');
    const now = rig.convoy();
    expect(now.verified).toMatchObject({ commit: now.head, exitCode: 0 });
    expect([await rig.store.resolve(`${now.head}^1`), await rig.store.resolve(`${now.head}^2`)]).toEqual([
      head,
      moved,
    ]);
    expect(await rig.files(now.head)).toMatchObject({
      'new.txt': 'on main\n',
      list: 'first\nfrom one\nlast\n',
    });
    expect((await catchingUp(rig)).base).toBe('up-to-date');
  });

  test("a person's commits on the convoy's branch are taken as they are", async () => {
    const rig = await landed();
    const pushed = await personCommits(rig, own, { 'hand.txt': 'by hand\n' });
    expect((await catchingUp(rig)).push).toBe('taken');
    expect(rig.convoy().head).toBe(pushed);
    expect(rig.events().filter((event) => event.type === 'HandMoved')).toHaveLength(1);
  });

  test("a person's commits are merged with what has landed since", async () => {
    const rig = await landed();
    const pushed = await personCommits(rig, own, { 'hand.txt': 'by hand\n' });
    await rig.close(2, { 'two.txt': 'two\n' });
    await integrate(rig.town, rig.stream, never);
    expect((await catchingUp(rig)).push).toBe('taken');
    expect(await rig.store.isAncestor(pushed, rig.convoy().head)).toBe(true);
    expect(await rig.files(rig.convoy().head)).toMatchObject({ 'hand.txt': 'by hand\n', 'two.txt': 'two\n' });
  });

  test('a conflict with the base is resolved by the agent', async () => {
    const rig = await landed(write('list', 'first\nfrom one\nfrom main\nlast\n'), report('Both stay.'));
    await personCommits(rig, 'main', { list: 'first\nfrom main\nlast\n' });
    expect((await catchingUp(rig)).base).toBe('taken');
    expect((await rig.files(rig.convoy().head)).list).toBe('first\nfrom one\nfrom main\nlast\n');
  });

  test('a conflict that is given up leaves the branch as it is, and is not asked about again', async () => {
    const rig = await landed(report('They contradict.', 'ESCALATION'));
    const { head } = rig.convoy();
    await personCommits(rig, 'main', { list: 'first\nfrom main\nlast\n' });
    expect((await catchingUp(rig)).base).toBe('conflict');
    expect((await catchingUp(rig)).base).toBe('conflict');
    expect(rig.convoy()).toMatchObject({ head, refinery: [{ verdict: 'ESCALATION' }] });
  });

  test('a base that is red together with the branch is mended by the agent', async () => {
    const rig = await landed(
      write('new.txt', 'mended\n'),
      report('It said "broken", which the check forbids.'),
    );
    const { head } = rig.convoy();
    await personCommits(rig, 'main', { 'new.txt': 'broken\n' });
    expect((await catchingUp(rig)).base).toBe('taken');
    expect((await rig.files(rig.convoy().head))['new.txt']).toBe('mended\n');
    expect(await rig.store.resolve(`${rig.convoy().head}~2`)).toBe(head);
    expect(rig.convoy().refinery).toMatchObject([{ why: 'red', verdict: 'LANDED' }]);
  });

  test('a base that stays red is left out', async () => {
    const rig = await landed(report('The base is broken.', 'ESCALATION'));
    const { head } = rig.convoy();
    await personCommits(rig, 'main', { 'new.txt': 'broken\n' });
    expect((await catchingUp(rig)).base).toBe('red');
    expect(rig.convoy().head).toBe(head);
  });
});
