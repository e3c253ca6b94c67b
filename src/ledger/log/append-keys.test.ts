import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StreamId } from '../../domain/event.ts';
import { beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { type LedgerOptions, openLedger } from '../open-ledger.ts';

const town: StreamId = 'town';

/** How many keys are in the index of the file. */
function indexed(path: string): unknown {
  const db = new Sqlite(path, { readonly: true });
  try {
    return db.prepare('SELECT count(*) FROM append_keys').pluck().get();
  } finally {
    db.close();
  }
}

it('knows every key, in the index or not, whoever appended and however often it was opened or undone', {
  timeout: 60_000,
}, async () => {
  const size = fc.integer({ min: 1, max: 150 });
  const steps = fc.array(
    fc.oneof(
      fc.record({ does: fc.constant('append' as const), who: fc.integer({ min: 0, max: 1 }), appends: size }),
      fc.record({ does: fc.constant('batch' as const), who: fc.integer({ min: 0, max: 1 }), events: size }),
      fc.record({ does: fc.constant('fail' as const), who: fc.integer({ min: 0, max: 1 }) }),
      fc.record({ does: fc.constant('reopen' as const), who: fc.integer({ min: 0, max: 1 }) }),
    ),
    { minLength: 8, maxLength: 14 },
  );
  await fc.assert(
    fc.asyncProperty(steps, async (walk) => {
      using folder = temporaryFolder();
      const options: LedgerOptions = { path: folder.file('beads.db'), clock, synchronous: 'normal' };
      const ledgers = [openLedger(options), openLedger(options)];
      const at = (who: number) => ledgers[who] ?? openLedger(options);
      const keys: { key: string; first: number; count: number }[] = [];
      const append = async (who: number, count: number): Promise<void> => {
        const key = `key ${keys.length}`;
        const events = Array.from({ length: count }, (_, n) => beadNoted(1, `${n}`));
        const expected = at(who).head(convoyOne).version;
        const result = await at(who).append({ stream: convoyOne, expected, events, ...provenance, key });
        if (result.status !== 'appended') throw new Error(`${key} is ${result.status}`);
        keys.push({ key, first: result.events[0]?.position ?? 0, count });
      };
      for (const step of walk) {
        if (step.does === 'append') for (let n = 0; n < step.appends; n += 1) await append(step.who, 1);
        else if (step.does === 'batch') await append(step.who, step.events);
        else if (step.does === 'reopen') {
          await at(step.who).close();
          ledgers[step.who] = openLedger(options);
        } else {
          const bad = { type: 'BeadNoted', data: { bead: 'x', note: 1 } } as never;
          const events = [...Array.from({ length: 200 }, () => beadNoted(1, 'never')), bad];
          const request = { stream: town, expected: 0, events, ...provenance, key: 'never' };
          await expect(at(step.who).append(request)).rejects.toThrow('was not appended');
        }
      }
      for (const ledger of ledgers) {
        expect(ledger.repeatOf(town, 'never')).toBeNull();
        for (const { key, first, count } of keys) {
          const events = ledger.repeatOf(convoyOne, key);
          expect([events?.[0]?.position, events?.length]).toEqual([first, count]);
        }
        await ledger.close();
      }
    }),
    { numRuns: 6 },
  );
});

it('puts keys into the index in groups, and leaves few of them out', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const ledger = openLedger({ path, clock, synchronous: 'normal' });
  const append = async (n: number): Promise<void> => {
    const events = [beadNoted(1, `${n}`)];
    await ledger.append({ stream: convoyOne, expected: n, events, ...provenance, key: `${n}` });
  };
  for (let n = 0; n < 15; n += 1) await append(n);
  expect(indexed(path)).toBe(0);
  await Promise.all(Array.from({ length: 5_000 - 15 }, (_, n) => append(15 + n)));
  expect(indexed(path)).toBeGreaterThan(5_000 - 16 * 128);
  expect(indexed(path)).toBeLessThan(5_000);
  await ledger.close();
});
