import { afterEach, beforeEach, expect, test } from 'vitest';
import { verificationsAtMost } from '../../domain/merge-queue/red-search.ts';
import { refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import { type SandboxesUnderTest, sandboxesUnderTest } from '../../testing/sandbox/sandboxes-under-test.ts';
import { finalPass } from './final-pass.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
const base = {
  'verify.sh': 'set -e\ntest "$(id -u)" != 0\nfor t in tests/*; do sh "$t"; done\n',
  'tests/base': 'test -x run.sh\n',
  'run.sh': { executable: '#!/bin/sh\n' },
  'gone.txt': 'to be removed\n',
  list: 'first\nlast\n',
};

let engine: SandboxesUnderTest;
beforeEach(async () => {
  engine = await sandboxesUnderTest();
});
afterEach(async () => {
  await engine.sandboxes.removeConvoy('convoy/1/7');
  await engine.end();
});

test('beads land through real containers: merged, searched when red, resolved in conflict, looked at once more', async () => {
  const say = (command: string) => ({ calls: [{ name: 'shell', arguments: { command } }] });
  const report = (text: string) => ({ calls: [{ name: 'report', arguments: { verdict: 'LANDED', text } }] });
  const parts = [
    {
      role: 'refinery' as const,
      about: 'final pass',
      steps: [say('sh verify.sh && rm -rf dir && echo file > dir'), report('The folder "x" was empty.')],
    },
    {
      role: 'refinery' as const,
      steps: [say("printf 'first\\nfrom one\\nfrom four\\nlast\\n' > list"), report('Both lines stay.')],
    },
  ];
  const rig = await refineryUnderTest({ base, parts, sandboxes: () => engine.sandboxes });
  await rig.close(1, { list: 'first\nfrom one\nlast\n', 'gone.txt': null, 'dir/x': 'x\n' });
  await rig.close(2, { 'tests/two': 'echo two is wrong; exit 7\n' });
  await rig.close(3, { 'tests/three': 'test ! -e gone.txt\n' });
  await rig.close(4, { list: 'first\nfrom four\nlast\n' });
  await integrate(rig.town, rig.stream, never);
  const { beads, verified, head } = rig.convoy();
  expect([...beads.values()].filter((bead) => bead.landedAs).map((bead) => bead.number)).toEqual([1, 3, 4]);
  expect(beads.get(2)?.failures[0]).toMatchObject({ detail: expect.stringContaining('two is wrong') });
  expect(verified).toMatchObject({ commit: head, exitCode: 0, timedOut: false });
  await finalPass(rig.town, rig.stream, never);
  expect(await rig.files(rig.convoy().head)).toMatchObject({
    list: 'first\nfrom one\nfrom four\nlast\n',
    dir: 'file\n',
  });
}, 120_000);

test('of twelve beads one breaks the tests: eleven land through real containers, at the promised cost', async () => {
  const rig = await refineryUnderTest({
    base: { 'verify.sh': '! grep -r broken parts\n' },
    sandboxes: () => engine.sandboxes,
  });
  for (let bead = 1; bead <= 12; bead += 1) {
    await rig.close(bead, { [`parts/${bead}`]: bead === 8 ? 'broken\n' : 'fine\n' });
  }
  await integrate(rig.town, rig.stream, never);
  const { beads, head, verified } = rig.convoy();
  expect([...beads.values()].filter((bead) => bead.landedAs === null).map(({ number }) => number)).toEqual([
    8,
  ]);
  expect(beads.get(8)?.failures[0]?.detail).toContain('parts/8:broken');
  expect(verified).toMatchObject({ commit: head, exitCode: 0 });
  const runs = rig
    .events()
    .flatMap((event) => (event.type === 'VerificationStarted' ? [event.data.commit] : []));
  const reds = rig.events().filter((event) => event.type === 'VerificationFailed').length;
  expect(new Set(runs).size).toBeLessThanOrEqual(verificationsAtMost(12));
  // Each red one is run once more.
  expect(runs.length - new Set(runs).size).toBe(reds / 2);
}, 120_000);
