import { expect, test } from 'vitest';
import { refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import type { Step } from '../../testing/rehearsal/script.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
const base = { 'verify.sh': 'grep -q done part.txt\n', 'part.txt': 'done\n' };
const write: Step = {
  calls: [{ name: 'write_file', arguments: { path: 'part.txt', content: 'half\nway\ndone\n' } }],
};
const report: Step = {
  calls: [{ name: 'report', arguments: { verdict: 'LANDED', text: 'It needed its end.' } }],
};
const parts = [
  { role: 'refinery' as const, about: 'The verification is red with bead 1 merged', steps: [write, report] },
];

test('a bead on its last attempt is mended by the Refinery before it would be given up', async () => {
  const rig = await refineryUnderTest({ base, settings: { attempts: 2 }, parts });
  await rig.close(2, { other: 'x\n' });
  await integrate(rig.town, rig.stream, never);
  await rig.close(1, { 'part.txt': 'half\n' });
  await integrate(rig.town, rig.stream, never);
  expect(rig.convoy().beads.get(1)).toMatchObject({ status: 'open', failures: [{ how: 'returned' }] });
  expect(rig.convoy().refinery).toEqual([]);
  await rig.closeAgain(1, { 'part.txt': 'half\nway\n' }, rig.convoy().head);
  await integrate(rig.town, rig.stream, never);
  const { head, beads, refinery } = rig.convoy();
  expect(refinery).toMatchObject([{ why: 'red', bead: 1, verdict: 'LANDED' }]);
  expect(beads.get(1)?.landedAs).toBe(await rig.store.resolve(`${head}^1`));
  expect((await rig.files(head))['part.txt']).toBe('half\nway\ndone\n');
});

test('a repair that stays red is refused, and the bead is given up', async () => {
  const again: Step = { calls: [{ name: 'report', arguments: { verdict: 'LANDED', text: 'Fine.' } }] };
  const rig = await refineryUnderTest({
    base,
    settings: { attempts: 1 },
    parts: [{ role: 'refinery', steps: [again, again, { ...again, expects: /as red as before/ }] }],
  });
  await rig.close(1, { 'part.txt': 'half\n' });
  await rig.close(2, { other: 'x\n' });
  await integrate(rig.town, rig.stream, never);
  expect(rig.convoy().beads.get(1)).toMatchObject({ quarantined: true, landedAs: null });
  expect(rig.convoy().beads.get(2)?.landedAs).not.toBeNull();
  expect(rig.convoy().refinery).toMatchObject([{ verdict: 'ESCALATION' }]);
});
