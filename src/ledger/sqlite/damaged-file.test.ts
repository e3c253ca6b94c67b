import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillLedger, session } from '../../testing/ledger/filled-ledger.ts';
import { clock, convoyOne } from '../../testing/ledger/sample-events.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import type { LedgerFault } from '../ledger-error.ts';
import { openLedger } from '../open-ledger.ts';
import { openReader } from '../open-reader.ts';
import { verifyLedger } from '../queries/verify-ledger.ts';

const folder = temporaryFolder();
const whole = folder.file('whole.db');
const path = folder.file('beads.db');

beforeAll(() => fillLedger(whole));
afterAll(() => folder[Symbol.dispose]());

/** Opens a damaged copy to write and to read; both must say the same, and leave the file as it was. */
function expectRefused(fault: Partial<LedgerFault>): void {
  const before = readFileSync(path);
  const refused = expect.objectContaining({ name: 'LedgerError', fault: expect.objectContaining(fault) });
  expect(() => openLedger({ path, clock, writer: { name: 'town' } })).toThrow(refused);
  expect(() => openReader(path)).toThrow(refused);
  expect(readFileSync(path)).toEqual(before);
}

/** A copy of the whole file with the bytes at the one place where `text` stands replaced. */
function flip(text: string, replacement: string): void {
  const bytes = readFileSync(whole);
  const at = bytes.indexOf(text);
  expect(at).toBeGreaterThan(0);
  expect(bytes.indexOf(text, at + 1)).toBe(-1);
  bytes.write(replacement, at, 'latin1');
  writeFileSync(path, bytes);
}

it.each([1, 4_096, 20_000])('refuses a file that lost its last %i bytes', (lost) => {
  copyFileSync(whole, path);
  const { size } = statSync(path);
  truncateSync(path, size - lost);
  expectRefused({ kind: 'truncated', bytes: size - lost, expectedBytes: size });
});

it('refuses a file that lost all but the start of its header', () => {
  copyFileSync(whole, path);
  truncateSync(path, 50);
  expectRefused({ kind: 'truncated', bytes: 50 });
});

it('refuses to write where a column of the schema has another name', () => {
  // A page that the schema has left holds its text too.
  const text = readFileSync(whole, 'latin1').replaceAll('stream_hash BLOB', 'strean_hash BLOB');
  writeFileSync(path, text, 'latin1');
  const detail = 'its schema is damaged: no such column: n.stream_hash';
  const refused = { kind: 'corrupt', path, detail, position: null };
  expect(() => openLedger({ path, clock })).toThrow(expect.objectContaining({ fault: refused }));
});

it('refuses to write after an event whose data have a flipped byte, and names its position', () => {
  flip('"system":"s"', '"system":!s"');
  const refused = { kind: 'corrupt', path, detail: 'a hash is not that of its event', position: 5 };
  expect(() => openLedger({ path, clock })).toThrow(expect.objectContaining({ fault: refused }));
  const reader = openReader(path);
  expect(verifyLedger(reader)).toMatchObject({ events: 4, fault: { position: 5 } });
  expect(() => reader.log.read(session, 0)).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ kind: 'broken-event', position: 5 }) }),
  );
  reader.close();
});

it('says what is wrong with a page of the log that is no page any more', () => {
  const bytes = readFileSync(whole);
  const db = new Sqlite(whole, { readonly: true });
  const root = db
    .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'events'")
    .pluck()
    .get();
  db.close();
  bytes[((root ?? 0) - 1) * 4_096] = 0xff;
  writeFileSync(path, bytes);
  expect(() => openLedger({ path, clock })).toThrow(
    expect.objectContaining({ fault: expect.objectContaining({ kind: 'corrupt', path }) }),
  );
  const reader = openReader(path);
  expect(verifyLedger(reader)).toMatchObject({ events: 0, fault: { position: 1 } });
  reader.close();
});

it('refuses files of other programs', () => {
  writeFileSync(path, 'Dear diary, '.repeat(1_000));
  expectRefused({ kind: 'foreign-file' });
  writeFileSync(path, 'short');
  expectRefused({ kind: 'foreign-file' });
  writeFileSync(path, '');
  const db = new Sqlite(path);
  db.exec('CREATE TABLE beads (id INTEGER PRIMARY KEY, title TEXT)');
  db.close();
  expectRefused({ kind: 'foreign-file' });
});

it('refuses a file that a newer program has changed, and one whose migrations were edited', () => {
  copyFileSync(whole, path);
  const db = new Sqlite(path);
  const known = Number(db.pragma('user_version', { simple: true }));
  db.pragma(`user_version = ${known + 1}`);
  db.close();
  expectRefused({ kind: 'newer-schema', found: known + 1, known });
  copyFileSync(whole, path);
  const edited = new Sqlite(path);
  edited.exec(`UPDATE migrations SET sha256 = '${'0'.repeat(64)}' WHERE number = 1`);
  edited.close();
  expectRefused({ kind: 'altered-schema' });
});

it('does not read a file that has to be brought up to date first', () => {
  copyFileSync(whole, path);
  const db = new Sqlite(path);
  const known = Number(db.pragma('user_version', { simple: true }));
  db.prepare('DELETE FROM migrations WHERE number = ?').run(known);
  db.pragma(`user_version = ${known - 1}`);
  db.close();
  const older = { kind: 'older-schema', path, found: known - 1, known };
  expect(() => openReader(path)).toThrow(expect.objectContaining({ fault: older }));
});

it('fails loudly, with the position, at an event of a type that it does not know', async () => {
  copyFileSync(whole, path);
  const db = new Sqlite(path);
  db.exec(`DROP TRIGGER event_types_are_not_updated;
    UPDATE event_types SET version = 7 WHERE name = 'BeadLanded'`);
  db.close();
  const reader = openReader(path);
  const unknown = { kind: 'unknown-type', type: 'BeadLanded', typeVersion: 7, position: 7 };
  expect(() => reader.log.read(convoyOne, 0)).toThrow(expect.objectContaining({ fault: unknown }));
  expect(reader.log.read(convoyOne, 6)).toHaveLength(1);
  reader.close();
});
