import { describe, expect, test } from 'vitest';
import { type RefineryUnderTest, refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import type { Step } from '../../testing/rehearsal/script.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
const run = (rig: RefineryUnderTest): Promise<void> => integrate(rig.town, rig.stream, never);

const base = { 'verify.sh': 'test -f list\n', list: 'first\nlast\n' };
const shell = (command: string): Step => ({ calls: [{ name: 'shell', arguments: { command } }] });
const report = (text: string, verdict = 'LANDED'): Step => ({
  calls: [{ name: 'report', arguments: { verdict, text } }],
});
const refinery = (...steps: Step[]) => [{ role: 'refinery' as const, steps }];

/** Two beads that both put a line between the two of `list`. */
async function conflicting(...steps: Step[]): Promise<RefineryUnderTest> {
  const rig = await refineryUnderTest({ base, parts: refinery(...steps) });
  await rig.close(1, { list: 'first\nfrom one\nlast\n' });
  await rig.close(2, { list: 'first\nfrom two\nlast\n' });
  return rig;
}

const keepBoth = shell("printf 'first\\nfrom one\\nfrom two\\nlast\\n' > list");
const keepOne = shell("printf 'first\\nfrom one\\nlast\\n' > list");

describe('a conflict', () => {
  test('is resolved by the agent, verified and landed as a merge of both', async () => {
    const rig = await conflicting(keepBoth, report('Both lines stay.'));
    await run(rig);
    const { head, refinery: sessions, conflicts } = rig.convoy();
    expect((await rig.files(head)).list).toBe('first\nfrom one\nfrom two\nlast\n');
    expect(rig.convoy().beads.get(2)?.landedAs).toBe(head);
    const two = rig.convoy().beads.get(2)?.outcome;
    expect(await rig.store.resolve(`${head}^2`)).toBe(two?.kind === 'change' && two.commit);
    expect(conflicts).toMatchObject([{ bead: 2, paths: ['list'] }]);
    expect(sessions).toMatchObject([
      { why: 'conflict', bead: 2, verdict: 'LANDED', report: 'Both lines stay.' },
    ]);
  });

  test('whose markers are left is not taken', async () => {
    const rig = await conflicting(
      report('Done.'),
      { ...keepBoth, expects: /list: conflict markers are left \(<<<<<<< / },
      report('Both lines stay.'),
    );
    await run(rig);
    expect(rig.convoy().beads.get(2)?.landedAs).not.toBeNull();
  });

  test('in which a line is dropped without a word is not taken; with a word it is', async () => {
    const rig = await conflicting(keepOne, report('I kept one.'), {
      ...report('I left out "from two": one covers it.'),
      expects: /these lines of bead 2 are missing[\s\S]*from two/,
    });
    await run(rig);
    expect((await rig.files(rig.convoy().head)).list).toBe('first\nfrom one\nlast\n');
    expect(rig.convoy().refinery[0]?.report).toContain('from two');
  });

  test('that is refused three times sends the later bead back', async () => {
    const rig = await conflicting(keepOne, report('One.'), report('One!'), report('One?'));
    await run(rig);
    expect(rig.convoy().beads.get(2)).toMatchObject({ status: 'open', landedAs: null });
    expect(rig.convoy().beads.get(2)?.failures[0]).toMatchObject({ how: 'returned' });
    expect(rig.convoy().refinery).toMatchObject([{ verdict: 'ESCALATION' }]);
    expect((await rig.files(rig.convoy().head)).list).toBe('first\nfrom one\nlast\n');
  });

  test('that the agent gives up on sends the bead back with its words', async () => {
    const rig = await conflicting(report('They contradict each other.', 'ESCALATION'));
    await run(rig);
    expect(rig.convoy().beads.get(2)?.failures[0]?.detail).toBe('They contradict each other.');
  });

  test('that the agent leaves without a verdict sends the bead back', async () => {
    const rig = await conflicting({ say: 'I am done.' }, { say: 'Really.' });
    await run(rig);
    expect(rig.convoy().beads.get(2)?.failures[0]?.detail).toContain('without a report');
  });

  test('whose resolution is red sends the bead back with the output', async () => {
    const rig = await refineryUnderTest({
      base: { ...base, 'verify.sh': '! grep "from two" list\n' },
      parts: refinery(keepBoth, report('Both lines stay.')),
    });
    await rig.close(1, { list: 'first\nfrom one\nlast\n' });
    await rig.close(2, { list: 'first\nfrom two\nlast\n' });
    await run(rig);
    expect(rig.convoy().beads.get(2)?.failures[0]?.detail).toContain('from two');
    expect(rig.convoy().beads.get(1)?.landedAs).toBe(rig.convoy().head);
  });
});

test('of two true conflicts the one that can be resolved lands, the other goes back with the reason', async () => {
  const rig = await refineryUnderTest({
    base: { ...base, other: 'first\nlast\n' },
    parts: [
      { role: 'refinery', about: 'Part 2', steps: [keepBoth, report('Both lines stay.')] },
      { role: 'refinery', about: 'Part 3', steps: [report('They want opposite things.', 'ESCALATION')] },
    ],
  });
  await rig.close(1, { list: 'first\nfrom one\nlast\n', other: 'first\nfrom one\nlast\n' });
  await rig.close(2, { list: 'first\nfrom two\nlast\n' });
  await rig.close(3, { other: 'first\nfrom three\nlast\n' });
  await run(rig);
  const { head, beads } = rig.convoy();
  expect([...beads.values()].map(({ landedAs }) => landedAs !== null)).toEqual([true, true, false]);
  expect(await rig.files(head)).toMatchObject({
    list: 'first\nfrom one\nfrom two\nlast\n',
    other: 'first\nfrom one\nlast\n',
  });
  expect(beads.get(3)).toMatchObject({
    status: 'open',
    failures: [{ how: 'returned', detail: 'They want opposite things.' }],
  });
});

test('a clean bead goes before a conflict, but only once', async () => {
  const rig = await refineryUnderTest({ base, parts: refinery(keepBoth, report('Both lines stay.')) });
  await rig.close(1, { list: 'first\nfrom one\nlast\n' });
  await run(rig);
  await rig.close(2, { list: 'first\nfrom two\nlast\n' });
  await rig.close(3, { other: 'clean\n' });
  await run(rig);
  const order = rig.events().flatMap((event) => (event.type === 'BeadLanded' ? [event.data.bead] : []));
  expect(order).toEqual([1, 3, 2]);
});

test('an agent that is interrupted goes on in its own container, and a kept resolution is not asked for again', async () => {
  const rig = await conflicting(keepBoth, report('Both lines stay.'));
  const stop = new AbortController();
  let runs = 0;
  rig.local.beforeRun = async () => {
    runs += 1;
    if (runs === 2) {
      stop.abort(new Error('stopping'));
      stop.signal.throwIfAborted();
    }
  };
  await expect(integrate(rig.town, rig.stream, stop.signal)).rejects.toThrow('stopping');
  expect(rig.convoy().refinery).toMatchObject([{ verdict: 'LANDED' }]);
  expect(rig.convoy().beads.get(2)?.landedAs).toBeNull();
  await run(rig);
  expect(rig.convoy().beads.get(2)?.landedAs).toBe(rig.convoy().head);
  expect(rig.convoy().refinery).toHaveLength(1);
});
