import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillLedger } from '../../testing/ledger/filled-ledger.ts';
import { clock } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { LedgerError } from '../ledger-error.ts';
import { openLedger } from '../open-ledger.ts';
import { openReader } from '../open-reader.ts';
import { verifyLedger } from '../queries/verify-ledger.ts';
import { exportLines } from '../transfer/export-lines.ts';

/** What `ask` gives, or the kind of the ledger's error that it throws; any other error is the test's. */
function told<T>(ask: () => T): T | string {
  try {
    return ask();
  } catch (error) {
    if (error instanceof LedgerError) return error.kind;
    throw error;
  }
}

function verified(path: string): unknown {
  const reader = openReader(path);
  try {
    const { fault } = verifyLedger(reader);
    return fault ?? [...exportLines(reader)];
  } finally {
    reader.close();
  }
}

it('a bit that was flipped anywhere in the file is found, or changed nothing that anybody could read', async () => {
  using folder = temporaryFolder();
  const [whole, path] = [folder.file('whole.db'), folder.file('flipped.db')];
  await fillLedger(whole);
  const bytes = readFileSync(whole);
  const lines = verified(whole);
  // Half of them where the header and the schema are, without which nothing can be read.
  const places = fc.oneof(fc.nat({ max: 4_095 }), fc.nat({ max: bytes.length - 1 }));
  await fc.assert(
    fc.asyncProperty(places, fc.nat({ max: 7 }), async (at, bit) => {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
      writeFileSync(path, flipped);
      const found = told(() => verified(path));
      if (Array.isArray(found)) expect(found).toEqual(lines);
      const opened = told(() => openLedger({ path, clock }));
      if (typeof opened === 'string') expect(readFileSync(path)).toEqual(flipped);
      else await opened.close();
    }),
    { numRuns: 120 },
  );
});
