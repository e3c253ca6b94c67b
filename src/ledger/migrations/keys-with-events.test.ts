import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { beadCreated, beadNoted, clock, convoyOne, provenance } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { takeTownLock } from '../lease/town-lock.ts';
import { openLedger } from '../open-ledger.ts';
import { openReader } from '../open-reader.ts';
import { verifyLedger } from '../queries/verify-ledger.ts';
import { exportLines } from '../transfer/export-lines.ts';
import { importLedger } from '../transfer/import-ledger.ts';

/** A ledger as the schema before left it: two appends of two events, whose keys are in the index alone. */
async function olderLedger(path: string): Promise<readonly string[]> {
  const ledger = openLedger({ path, clock });
  for (const bead of [1, 2]) {
    const events = [beadCreated(bead), beadNoted(bead, 'n')];
    const expected = 2 * (bead - 1);
    await ledger.append({ stream: convoyOne, expected, events, ...provenance, key: `bead ${bead}` });
  }
  await ledger.close();
  const lines = exported(path);
  const db = new Sqlite(path);
  db.exec(`INSERT INTO append_keys SELECT key, position, keyed FROM events WHERE key IS NOT NULL;
    ALTER TABLE events DROP COLUMN keyed; ALTER TABLE events DROP COLUMN key; DROP TABLE earlier_keys;
    DELETE FROM migrations WHERE number = 3; PRAGMA user_version = 2`);
  db.close();
  return lines;
}

function exported(path: string): readonly string[] {
  const reader = openReader(path);
  try {
    return [...exportLines(reader)];
  } finally {
    reader.close();
  }
}

it('takes over the keys of a ledger from before, for repeats and for exports', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const lines = await olderLedger(path);
  const ledger = openLedger({ path, clock });
  const again = { stream: convoyOne, expected: 0, events: [beadCreated(9)], ...provenance } as const;
  expect(await ledger.append({ ...again, key: 'bead 2' })).toMatchObject({
    status: 'repeated',
    events: [{ version: 3 }, { version: 4 }],
  });
  await ledger.close();
  expect(exported(path)).toEqual(lines);
  const digest = createHash('sha256').update('bead 1').digest('hex').slice(0, 32);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ key: digest, keyed: 2 });
  importLedger(folder.file('copy.db'), lines, clock);
  expect(exported(folder.file('copy.db'))).toEqual(lines);
  const reader = openReader(path);
  expect(verifyLedger(reader)).toMatchObject({ events: 4, fault: null });
  reader.close();
});

it('changes no file under a living town, and shuts out a tool that was open before', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  await olderLedger(path);
  const town = takeTownLock(path);
  expect(() => openLedger({ path, clock })).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ kind: 'lease-held' }) }),
  );
  town?.release();
  const generation = (): unknown => {
    const db = new Sqlite(path, { readonly: true });
    try {
      return db.prepare('SELECT generation FROM writer').pluck().get();
    } finally {
      db.close();
    }
  };
  expect(generation()).toBe(0);
  await openLedger({ path, clock }).close();
  expect(generation()).toBe(1);
});
