import { mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import Sqlite, { type Database } from 'better-sqlite3';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/ledger/temporary-folder.ts';
import { openCheckpointing } from './checkpointing.ts';

const pageSize = 4_096;
/** Pages at which the log begins anew here. */
const longest = 4_000;

function openLog(path: string): Database {
  const db = new Sqlite(path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = normal');
  db.exec('CREATE TABLE filling (bytes BLOB)');
  return db;
}

/** Fills about as many pages in one transaction. */
function fill(db: Database, pages: number): void {
  const insert = db.prepare('INSERT INTO filling VALUES (zeroblob(?))');
  db.transaction(() => insert.run(pages * pageSize))();
}

/** How many pages the write-ahead log has, and how many of them are in the file too. */
function log(db: Database): { log: number; checkpointed: number } {
  const [state] = db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
  if (state === undefined) throw new Error('SQLite says nothing of its log');
  return { log: state.log, checkpointed: state.checkpointed };
}

it('leaves a short log alone', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const db = openLog(path);
  const checkpointing = openCheckpointing(db, path);
  fill(db, 500);
  checkpointing.committed(600);
  await checkpointing.close();
  expect(log(db).log).toBeGreaterThan(500);
  expect(log(db).checkpointed).toBe(0);
  db.close();
});

it('has a worker move a longer one into the file, while the writer goes on', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const db = openLog(path);
  const checkpointing = openCheckpointing(db, path);
  fill(db, 1_500);
  checkpointing.committed(600);
  expect(log(db).checkpointed).toBe(0);
  fill(db, 10);
  await checkpointing.close();
  expect(log(db).checkpointed).toBeGreaterThanOrEqual(1_500);
  expect(statSync(path).size).toBeGreaterThan(1_500 * pageSize);
  db.close();
});

it('lets a log that is very long begin anew', async () => {
  using folder = temporaryFolder();
  const path = folder.file('beads.db');
  const db = openLog(path);
  const checkpointing = openCheckpointing(db, path, longest);
  fill(db, longest + 500);
  checkpointing.committed(600);
  // The worker has moved all but what is written now; the rest the writer moves itself.
  fill(db, 10);
  await checkpointing.close();
  expect(log(db)).toEqual({ log: log(db).log, checkpointed: log(db).log });
  fill(db, 10);
  expect(log(db).log).toBeLessThan(100);
  db.close();
});

/** How many locks processes have on a file, as the system knows them. */
function locksOn(path: string): number {
  const inode = `:${statSync(path).ino} `;
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .filter((line) => line.includes(inode)).length;
}

it.skipIf(process.platform !== 'linux')(
  'leaves SQLite the lock that it has on the file, when the worker has ended too',
  async () => {
    using folder = temporaryFolder();
    const path = folder.file('beads.db');
    const db = openLog(path);
    const checkpointing = openCheckpointing(db, path, longest);
    fill(db, longest + 500);
    expect(locksOn(path)).toBe(1);
    checkpointing.committed(600);
    await checkpointing.close();
    expect(log(db).checkpointed).toBeGreaterThan(longest);
    expect(locksOn(path)).toBe(1);
    db.close();
  },
);

it('moves the log itself where no worker can, and tries a worker again', async () => {
  using folder = temporaryFolder();
  const hidden = folder.file('hidden');
  const shown = folder.file('shown');
  mkdirSync(shown);
  const db = openLog(`${shown}/beads.db`);
  const checkpointing = openCheckpointing(db, `${shown}/beads.db`);
  fill(db, 1_500);
  renameSync(shown, hidden);
  checkpointing.committed(600);
  await checkpointing.close();
  expect(log(db)).toEqual({ log: log(db).log, checkpointed: log(db).log });
  renameSync(hidden, shown);
  fill(db, 1_500);
  checkpointing.committed(600);
  await checkpointing.close();
  expect(log(db).checkpointed).toBeGreaterThan(1_500);
  db.close();
});
