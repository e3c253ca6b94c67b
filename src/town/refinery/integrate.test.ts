import { describe, expect, test } from 'vitest';
import { verificationsAtMost } from '../../domain/merge-queue/red-search.ts';
import { type RefineryUnderTest, refineryUnderTest } from '../../testing/refinery/refinery-under-test.ts';
import { integrate } from './integrate.ts';

const never = new AbortController().signal;
const run = (rig: RefineryUnderTest): Promise<void> => integrate(rig.town, rig.stream, never);

/** Fails where any file holds the word `broken`. */
const base = { 'verify.sh': '! grep -r broken parts\n', 'parts/0': 'start\n' };
const part = (number: number, text = `part ${number}\n`) => ({ [`parts/${number}`]: text });

const landedBeads = (rig: RefineryUnderTest): number[] =>
  [...rig.convoy().beads.values()].filter((bead) => bead.landedAs !== null).map((bead) => bead.number);

const types = (rig: RefineryUnderTest, ...wanted: readonly string[]): string[] =>
  rig.events().flatMap((event) => (wanted.includes(event.type) ? [event.type] : []));

describe('a queue of clean beads', () => {
  test('is merged one by one, verified once and landed together', async () => {
    const rig = await refineryUnderTest({ base });
    const work = [await rig.close(1, part(1)), await rig.close(2, part(2)), await rig.close(3, part(3))];
    await run(rig);
    expect(landedBeads(rig)).toEqual([1, 2, 3]);
    expect(rig.local.runs).toHaveLength(1);
    const { head, verified } = rig.convoy();
    expect(verified).toMatchObject({ commit: head, exitCode: 0, beads: [1, 2, 3] });
    expect(await rig.store.resolve('refs/heads/gas-town/convoy-7')).toBe(head);
    expect(Object.keys(await rig.files(head))).toEqual([
      'parts/0',
      'parts/1',
      'parts/2',
      'parts/3',
      'verify.sh',
    ]);
    expect([await rig.store.resolve(`${head}^2`), await rig.store.resolve(`${head}~2^2`)]).toEqual([
      work[2],
      work[0],
    ]);
    expect(await rig.store.resolve(`${head}~3`)).toBe(rig.base);
  });

  test('lands in the order of needs, whichever was closed first', async () => {
    const rig = await refineryUnderTest({ base });
    await rig.close(2, part(2), { needs: [1] });
    await rig.close(1, part(1));
    await run(rig);
    const order = rig.events().flatMap((event) => (event.type === 'BeadLanded' ? [event.data.bead] : []));
    expect(order).toEqual([1, 2]);
  });

  test('makes the same commits again, so that being called twice changes nothing', async () => {
    const rig = await refineryUnderTest({ base });
    await rig.close(1, part(1));
    await run(rig);
    const before = rig.events().length;
    await run(rig);
    expect(rig.events()).toHaveLength(before);
  });

  test('says where a merge comes from', async () => {
    const rig = await refineryUnderTest({ base });
    await rig.close(1, part(1));
    const session = rig.convoy().beads.get(1)?.closedBy ?? '';
    await rig.happen({
      type: 'BudgetSpent',
      data: { session, role: 'polecat', model: 'm', bead: 1, inputTokens: 120, outputTokens: 30, usd: 0.5 },
    });
    await run(rig);
    await rig.user.git('fetch', '--quiet', '../rigs/1.git', '+refs/heads/*:refs/town/*');
    const log = await rig.user.git('log', '-1', '--format=%an <%ae>%n%B', rig.convoy().head);
    expect(log).toContain('Gas Town <gas-town@users.noreply.github.com>\nMerge bead 7.1: Part 1');
    expect(log).toContain(`Bead: 7.1\nSession: ${session}\nTokens-In: 120\nTokens-Out: 30`);
  });
});

describe('a red batch', () => {
  test('of twelve with one bad bead lands eleven and returns it, at the promised cost', async () => {
    const rig = await refineryUnderTest({ base });
    for (let bead = 1; bead <= 12; bead += 1) {
      await rig.close(bead, part(bead, bead === 8 ? 'broken\n' : `part ${bead}\n`));
    }
    await run(rig);
    expect(landedBeads(rig)).toEqual([1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]);
    expect(rig.convoy().beads.get(8)).toMatchObject({ status: 'open', landedAs: null });
    expect(rig.convoy().beads.get(8)?.failures.at(-1)?.detail).toContain('parts/8:broken');
    const reds = new Set(
      rig.events().flatMap((event) => (event.type === 'VerificationFailed' ? [event.data.commit] : [])),
    );
    expect(rig.local.runs.length - reds.size).toBeLessThanOrEqual(verificationsAtMost(12));
    expect(await rig.files(rig.convoy().head)).not.toHaveProperty(['parts/8']);
  });

  test('with two bad beads returns both', async () => {
    const rig = await refineryUnderTest({ base });
    for (let bead = 1; bead <= 5; bead += 1) {
      await rig.close(bead, part(bead, bead === 2 || bead === 5 ? 'broken\n' : 'fine\n'));
    }
    await run(rig);
    expect(landedBeads(rig)).toEqual([1, 3, 4]);
  });

  test('that is green when it is run again lands, and is called flaky', async () => {
    const flaky = {
      ...base,
      'verify.sh': 'if [ -e "$FLAG" ]; then exit 0; else touch "$FLAG"; exit 1; fi\n',
    };
    const rig = await refineryUnderTest({ base: flaky });
    process.env.FLAG = `${rig.user.path}-flag`;
    await rig.close(1, part(1));
    await run(rig);
    delete process.env.FLAG;
    expect(landedBeads(rig)).toEqual([1]);
    expect(rig.convoy()).toMatchObject({ flaky: { exitCode: 1 }, red: null });
  });

  test('on a branch that was red before says so', async () => {
    const rig = await refineryUnderTest({ base: { 'verify.sh': 'echo never; exit 3\n' } });
    await rig.close(1, part(1));
    await rig.close(2, part(2));
    await run(rig);
    expect(landedBeads(rig)).toEqual([]);
    for (const bead of rig.convoy().beads.values()) {
      expect(bead.failures.at(-1)?.reason).toContain(
        'ended with status 3. It does so without the change too',
      );
    }
    expect(await rig.store.resolve('refs/heads/gas-town/convoy-7')).toBeNull();
  });

  test('a bead that is returned three times is quarantined, and holds up nobody', async () => {
    const rig = await refineryUnderTest({ base });
    await rig.close(1, part(1));
    await rig.close(2, part(2, 'broken\n'));
    await run(rig);
    for (const attempt of [2, 3]) {
      await rig.closeAgain(2, part(2, `broken ${attempt}\n`), rig.convoy().head);
      await run(rig);
    }
    expect(rig.convoy().beads.get(2)).toMatchObject({ quarantined: true });
    expect(landedBeads(rig)).toEqual([1]);
  });
});

describe('without a verification command', () => {
  test('beads land and nothing is said to have passed', async () => {
    const rig = await refineryUnderTest({ base, settings: { verify: null } });
    await rig.close(1, part(1, 'broken\n'));
    await run(rig);
    expect(landedBeads(rig)).toEqual([1]);
    expect(rig.local.runs).toEqual([]);
    expect(rig.convoy().verified).toMatchObject({ command: null, exitCode: null });
    expect(types(rig, 'VerificationStarted', 'IntegrationVerified')).toEqual(['IntegrationVerified']);
  });
});

test('a command that does not end in time is red', async () => {
  const rig = await refineryUnderTest({
    base: { 'verify.sh': 'sleep 60\n' },
    settings: { verifyTimeoutMs: 100, verify: 'exec sleep 60' },
  });
  await rig.close(1, part(1));
  await run(rig);
  expect(rig.convoy().beads.get(1)?.failures.at(-1)?.reason).toContain('did not end in time');
});

test('an interruption changes nothing and the next call finishes', async () => {
  const rig = await refineryUnderTest({ base });
  await rig.close(1, part(1));
  const stop = new AbortController();
  rig.local.beforeRun = async () => {
    stop.abort(new Error('stopping'));
    stop.signal.throwIfAborted();
  };
  await expect(integrate(rig.town, rig.stream, stop.signal)).rejects.toThrow('stopping');
  expect(landedBeads(rig)).toEqual([]);
  rig.local.beforeRun = async () => undefined;
  await run(rig);
  expect(landedBeads(rig)).toEqual([1]);
});
