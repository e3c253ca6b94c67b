import { describe, expect, test } from 'vitest';
import { Killed, killedTown } from '../../testing/refinery/killed-town.ts';
import { type RefineryUnderTest, refineryCopies } from '../../testing/refinery/refinery-under-test.ts';
import type { Step } from '../../testing/rehearsal/script.ts';
import { finalPass } from './final-pass.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
type Work = (town: RefineryUnderTest['town'], rig: RefineryUnderTest) => Promise<void>;

/** Dies after each effect of the work in turn, on a copy of the rig each time, and lets a second process finish. */
async function diesEverywhere(
  copies: Promise<() => Promise<RefineryUnderTest>>,
  work: Work,
  check: (rig: RefineryUnderTest) => void,
): Promise<void> {
  const copy = await copies;
  for (let n = 1, died = true; died; n += 1) {
    const rig = await copy();
    const { town, effects } = killedTown(rig.town, n);
    died = await work(town, rig).then(
      () => false,
      (error: unknown) => {
        if (error instanceof Killed) return true;
        throw error;
      },
    );
    if (died) await work(rig.town, rig);
    check(rig);
    const landings = rig.events().flatMap((event) => (event.type === 'BeadLanded' ? [event.data.bead] : []));
    expect(new Set(landings).size).toBe(landings.length);
    expect(await rig.store.resolve('refs/heads/gas-town/convoy-7')).toBe(rig.convoy().head);
    if (!died) expect(effects.length).toBe(n - 1);
  }
}

const write = (path: string, content: string): Step => ({
  calls: [{ name: 'write_file', arguments: { path, content } }],
});
const report: Step = { calls: [{ name: 'report', arguments: { verdict: 'LANDED', text: 'Both stay.' } }] };
const landed = (rig: RefineryUnderTest): number[] =>
  [...rig.convoy().beads.values()].filter((bead) => bead.landedAs !== null).map((bead) => bead.number);

describe('a kill between any two steps loses nothing and doubles nothing', () => {
  test('of landing a batch with a bad bead', async () => {
    await diesEverywhere(
      refineryCopies({ base: { 'verify.sh': '! ls | grep broken\n' } }, async (rig) => {
        await rig.close(1, { one: '1\n' });
        await rig.close(2, { broken: '2\n' });
      }),
      (town, rig) => integrate(town, rig.stream, never),
      (rig) => {
        expect(landed(rig)).toEqual([1]);
        expect(rig.convoy().beads.get(2)?.failures).toHaveLength(1);
      },
    );
  }, 300_000);

  test('of resolving a conflict', async () => {
    const parts = [{ role: 'refinery' as const, steps: [write('list', 'a\n1\n2\nb\n'), report] }];
    await diesEverywhere(
      refineryCopies(
        { base: { list: 'a\nb\n' }, settings: { verify: 'grep 1 list' }, parts },
        async (rig) => {
          await rig.close(1, { list: 'a\n1\nb\n' });
          await integrate(rig.town, rig.stream, never);
          await rig.close(2, { list: 'a\n2\nb\n' });
        },
      ),
      (town, rig) => integrate(town, rig.stream, never),
      (rig) => expect(landed(rig)).toEqual([1, 2]),
    );
  }, 300_000);

  test('of the final pass', async () => {
    const parts = [{ role: 'refinery' as const, steps: [write('mended', 'x\n'), report] }];
    await diesEverywhere(
      refineryCopies({ base: { a: '' }, settings: { verify: 'true' }, parts }, async (rig) => {
        await rig.close(1, { one: '1\n' });
        await integrate(rig.town, rig.stream, never);
      }),
      (town, rig) => finalPass(town, rig.stream, never),
      (rig) => {
        const { refinery, verified, head } = rig.convoy();
        expect(refinery).toMatchObject([{ why: 'final', verdict: 'LANDED' }]);
        expect(verified?.commit).toBe(head);
        expect(rig.events().filter((event) => event.type === 'IntegrationVerified')).toHaveLength(2);
      },
    );
  }, 300_000);
});
