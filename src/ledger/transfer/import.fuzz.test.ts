import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzRuns } from '../../testing/fuzz-runs.ts';
import { fillLedger } from '../../testing/ledger/filled-ledger.ts';
import { clock } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { LedgerError } from '../ledger-error.ts';
import { openReader } from '../open-reader.ts';
import { verifyLedger } from '../queries/verify-ledger.ts';
import { exportLines } from './export-lines.ts';
import { importLedger } from './import-ledger.ts';

function exported(path: string): string[] {
  const reader = openReader(path);
  const lines = [...exportLines(reader)];
  expect(verifyLedger(reader).fault).toBeNull();
  reader.close();
  return lines;
}

test('an export that was altered anywhere is refused whole, or gives a ledger that holds together', {
  timeout: 120_000,
}, async () => {
  using folder = temporaryFolder();
  await fillLedger(folder.file('one.db'));
  const lines = exported(folder.file('one.db'));
  const all = lines.join('\n');
  const altered = fc.oneof(
    fc
      .tuple(fc.nat(all.length - 1), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))
      .map(([at, to]) => (all.slice(0, at) + to + all.slice(at + 1)).split('\n')),
    fc.shuffledSubarray(lines, { minLength: 1 }),
    fc.nat(all.length).map((end) => all.slice(0, end).split('\n')),
    fc.array(fc.oneof(fc.constantFrom(...lines), fc.json(), fc.string()), { maxLength: 8 }),
  );
  // One ledger for all: what is refused must leave it as it was.
  const target = folder.file('two.db');
  importLedger(target, lines.slice(0, 3), clock);
  let before = exported(target);
  let refused = 0;
  fc.assert(
    fc.property(altered, (given) => {
      try {
        importLedger(target, given, clock);
        before = exported(target);
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        refused += 1;
        expect(exported(target)).toEqual(before);
      }
    }),
    { numRuns: fuzzRuns(40) },
  );
  expect(refused).toBeGreaterThan(5);
});
