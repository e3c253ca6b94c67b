import { expect, test } from 'vitest';
import { type RefineryUnderTest, refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import type { Step } from '../../testing/rehearsal/script.ts';
import { finalPass } from './final-pass.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
const shell = (command: string): Step => ({ calls: [{ name: 'shell', arguments: { command } }] });
const report = (text: string): Step => ({
  calls: [{ name: 'report', arguments: { verdict: 'LANDED', text } }],
});

async function landed(...steps: Step[]): Promise<RefineryUnderTest> {
  const parts = [{ role: 'refinery' as const, about: 'final pass', steps }];
  const rig = await refineryUnderTest({ base: { 'verify.sh': '! grep broken *.txt\n', 'a.txt': '' }, parts });
  await rig.close(1, { 'one.txt': 'made by one\n' });
  await integrate(rig.town, rig.stream, never);
  return rig;
}

test('a final pass with nothing to mend leaves the head as it is', async () => {
  const rig = await landed(shell('cat one.txt'), report('All fits.'));
  const { head } = rig.convoy();
  await finalPass(rig.town, rig.stream, never);
  expect(rig.convoy()).toMatchObject({ head, refinery: [{ why: 'final', verdict: 'LANDED' }] });
  await finalPass(rig.town, rig.stream, never);
  expect(rig.convoy().refinery).toHaveLength(1);
});

test('what it mends is verified and becomes the head', async () => {
  const rig = await landed(shell('echo joined > two.txt'), report('Joined them.'));
  const { head } = rig.convoy();
  await finalPass(rig.town, rig.stream, never);
  expect(await rig.files(rig.convoy().head)).toMatchObject({
    'one.txt': 'made by one\n',
    'two.txt': 'joined\n',
  });
  expect(await rig.store.resolve(`${rig.convoy().head}^1`)).toBe(head);
  expect(await rig.store.resolve('refs/heads/gas-town/convoy-7')).toBe(rig.convoy().head);
});

test('what it can not make green is dropped and said so', async () => {
  const rig = await landed(shell('echo broken > two.txt'), report('a'), report('b'), report('c'));
  const { head } = rig.convoy();
  await finalPass(rig.town, rig.stream, never);
  expect(rig.convoy()).toMatchObject({ head, refinery: [{ verdict: 'ESCALATION' }] });
});

test('landed work that it removes must be named', async () => {
  const rig = await landed(shell('rm one.txt'), report('Tidied.'), {
    ...report('I removed "made by one": a.txt has it.'),
    expects: /lines of the merged work are missing/,
  });
  await finalPass(rig.town, rig.stream, never);
  expect(await rig.files(rig.convoy().head)).not.toHaveProperty(['one.txt']);
});
