import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RefineryUnderTest, refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;

/** A bead changes one line of some of three files: two beads on one line conflict, and `broken` is red. */
const change = fc.record({
  files: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 }),
  line: fc.integer({ min: 0, max: 3 }),
  broken: fc.boolean(),
});
const beadSets = fc.array(change, { minLength: 1, maxLength: 5 });

const lines = ['one', 'two', 'three', 'four'];
/** Lines far enough apart that git merges changes of neighbours. */
const text = (own: ReadonlyMap<number, string>): string =>
  lines.map((line, at) => `${own.get(at) ?? line}\n${'-\n'.repeat(4)}`).join('');

/** The commits that were merged into the head, the latest first, by following first parents to the base. */
async function mergesOf(rig: RefineryUnderTest): Promise<{ commit: string; onto: string; theirs: string }[]> {
  const merges: { commit: string; onto: string; theirs: string }[] = [];
  for (let commit = rig.convoy().head; commit !== rig.base; ) {
    const [onto, theirs] = await Promise.all([
      rig.store.resolve(`${commit}^1`),
      rig.store.resolve(`${commit}^2`),
    ]);
    if (onto === null || theirs === null) throw new Error(`${commit} is no merge`);
    merges.push({ commit, onto, theirs });
    commit = onto;
  }
  return merges;
}

test('for any set of beads the head is some order of merges of exactly the landed ones', async () => {
  await fc.assert(
    fc.asyncProperty(beadSets, async (beads) => {
      const escalate = {
        calls: [{ name: 'report', arguments: { verdict: 'ESCALATION', text: 'Not here.' } }],
      };
      const rig = await refineryUnderTest({
        base: { a: text(new Map()), b: text(new Map()), c: text(new Map()) },
        settings: { verify: '! grep broken a b c' },
        parts: [{ role: 'refinery', steps: [escalate] }],
      });
      for (const [index, bead] of beads.entries()) {
        const own = new Map([[bead.line, `${bead.broken ? 'broken' : 'made'} by ${index + 1}`]]);
        await rig.close(index + 1, Object.fromEntries(bead.files.map((file) => [file, text(own)])));
      }
      const changes = new Map(
        [...rig.convoy().beads.values()].map((bead) => [
          bead.number,
          bead.outcome?.kind === 'change' ? bead.outcome.commit : '',
        ]),
      );
      await integrate(rig.town, rig.stream, never);
      const landed = [...rig.convoy().beads.values()].filter((bead) => bead.landedAs !== null);
      const merges = await mergesOf(rig);
      expect(new Set(merges.map(({ theirs }) => theirs))).toEqual(
        new Set(landed.map(({ number }) => changes.get(number))),
      );
      expect(merges).toHaveLength(landed.length);
      for (const { commit, onto, theirs } of merges) {
        expect(await rig.store.merge(onto, theirs)).toEqual({
          status: 'clean',
          tree: await rig.store.treeOf(commit),
        });
      }
      for (const bead of rig.convoy().beads.values()) {
        expect(bead.landedAs !== null || bead.failures.length === 1).toBe(true);
      }
      expect(landed.some(({ number }) => beads[number - 1]?.broken)).toBe(false);
    }),
    { numRuns: 6 },
  );
}, 300_000);
