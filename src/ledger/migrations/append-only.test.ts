import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillLedger } from '../../testing/ledger/filled-ledger.ts';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openDatabase } from '../sqlite/open-database.ts';
import { migrations } from './migrations.ts';

const folder = temporaryFolder();
const path = folder.file('beads.db');
let db: Sqlite.Database;

beforeAll(async () => {
  await fillLedger(path);
  db = openDatabase(path);
});
afterAll(() => {
  db.close();
  folder[Symbol.dispose]();
});

const columns = 'position, sid, version, tid, aid, at, id, cause, hash, data';
const replaceInto = `INSERT OR REPLACE INTO events (${columns}) SELECT`;

it.each([
  ['an update', "UPDATE events SET data = '{}' WHERE position = 1"],
  ['a deletion', 'DELETE FROM events WHERE position = 8'],
  ['a replacement', 'INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 8'],
  [
    'a replacement by the stream',
    `${replaceInto} 9, sid, version, tid, aid, at, id, cause, hash, data FROM events WHERE position = 8`,
  ],
  [
    'a version that is not the next',
    `INSERT INTO events (${columns}) SELECT 9, sid, version + 2, tid, aid, at, id, cause, hash, data FROM events WHERE position = 8`,
  ],
  [
    'a position that is not the next',
    `INSERT INTO events (${columns}) SELECT 10, sid, version + 1, tid, aid, at, id, cause, hash, data FROM events WHERE position = 8`,
  ],
  [
    'a value of another type',
    `INSERT INTO events (${columns}) SELECT 9, sid, version + 1, tid, aid, 'now', id, cause, hash, data FROM events WHERE position = 8`,
  ],
  [
    'another key',
    "UPDATE events SET key = x'00112233445566778899aabbccddeeff', keyed = 1 WHERE position = 8",
  ],
  ['another name for a stream', "UPDATE streams SET name = 'town'"],
  ['a stream without its name', 'DELETE FROM streams'],
  ['another type for events', "UPDATE event_types SET name = 'BeadLanded'"],
  ['another actor', "UPDATE actors SET name = 'nobody'"],
  ['another content', "UPDATE contents SET bytes = x'00'"],
  ['a content less', 'DELETE FROM contents'],
])('the file itself refuses %s', (_what, sql) => {
  const before = db.prepare('SELECT * FROM events').all();
  expect(() => db.exec(sql)).toThrow(Sqlite.SqliteError);
  expect(db.prepare('SELECT * FROM events').all()).toEqual(before);
});

it('shows the log in plain words to anybody with a SQLite shell', () => {
  const first = db
    .prepare('SELECT stream, version, type, actor, cause, at FROM event_log LIMIT 1')
    .raw()
    .get();
  expect(first).toEqual([
    'convoy/1/12',
    1,
    'ConvoyOpened',
    'mayor',
    'delivery-1',
    '2026-01-02T03:04:05.678Z',
  ]);
});

it('asks no hot question that scans a table', () => {
  const plan = (sql: string, ...args: unknown[]) =>
    db
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...args)
      .map((row) => row.detail)
      .filter((detail) => detail.startsWith('SCAN'));
  expect(plan('SELECT * FROM events WHERE sid = ? AND version > ? ORDER BY version', 1, 1)).toEqual([]);
  expect(plan('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?', 1, 1)).toEqual([]);
  expect(plan('SELECT version FROM events WHERE sid = ? ORDER BY version DESC LIMIT 1', 1)).toEqual([]);
  expect(plan('SELECT first FROM append_keys WHERE key = ?', Buffer.alloc(16))).toEqual([]);
});

it('holds migrations that are never edited', () => {
  expect(migrations.map(({ number, name, sha256 }) => `${number} ${name} ${sha256}`)).toMatchInlineSnapshot(`
    [
      "1 event-log d0bd72529824b089a862fa3f4354cda0b9645d2e07fe2c06ed996f47b6b6357d",
      "2 inbox 295668817ae61b21f67a2efeaa4ed95a51cc11c8c9c869c4b459ddc8d8f74a8b",
      "3 keys-with-events 8e2518fa5ed722cdb7333068164135aa9a0df85a25ad6edf35b605ef398ad1d4",
    ]
  `);
});
