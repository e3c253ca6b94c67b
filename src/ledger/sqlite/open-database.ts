import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';
import { checkSchema } from '../migrations/migrate.ts';
import { closeUntouched } from './close-untouched.ts';
import { refuseDamagedLog } from './damaged-log.ts';
import { fileFailure } from './file-failure.ts';
import { prepareFolder } from './prepare-folder.ts';
import { busyTimeoutMs, withTypedFailures } from './sqlite-failure.ts';

export interface DatabaseOptions {
  readonly readOnly?: boolean;
  /** Whether a reading connection refuses every statement that writes, to any file; it does by default. */
  readonly queryOnly?: boolean;
  /** `full`: what is committed survives a power cut. `normal`: it survives the process. */
  readonly synchronous?: 'full' | 'normal';
}

/** A connection with the settings that every ledger has. `path` is a file's, or `:memory:`. */
export function openDatabase(path: string, options: DatabaseOptions = {}): Database {
  const readonly = options.readOnly === true;
  if (path !== ':memory:') {
    prepareFolder(path, !readonly);
    if (readonly && !existsSync(path)) throw new LedgerError({ kind: 'missing-file', path });
    refuseTruncated(path);
  }
  return withTypedFailures(path, () => {
    const db = new Sqlite(path, { readonly, timeout: busyTimeoutMs });
    try {
      configure(db, path, options);
      return db;
    } catch (error) {
      if (readonly) db.close();
      else closeUntouched(db, path);
      if (!readonly) refuseClosedFolder(path);
      throw error;
    }
  });
}

function configure(db: Database, path: string, options: DatabaseOptions): void {
  const readonly = options.readOnly === true;
  // A file of another program stays as it is, so it is looked at before anything is set.
  checkSchema(db, path);
  if (!readonly) refuseDamagedLog(db, path);
  if (!readonly) db.pragma('journal_mode = WAL');
  db.pragma(`synchronous = ${options.synchronous ?? 'full'}`);
  db.pragma('recursive_triggers = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('cache_size = -16384');
  if (readonly && options.queryOnly !== false) db.pragma('query_only = ON');
}

/** SQLite says no more than that it can't open a file where the folder doesn't take the files that it needs beside it. */
function refuseClosedFolder(path: string): void {
  if (path === ':memory:') return;
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw fileFailure(error, path);
  }
}

/**
 * SQLite opens a file that lost its end as long as no lost page is asked for. The header says how many pages there must
 * be; with a write-ahead log beside it the file may rightly be shorter, and SQLite then checks the log itself.
 */
function refuseTruncated(path: string): void {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes === 0 || (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, 100, 0);
  } finally {
    closeSync(file);
  }
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') {
    throw new LedgerError({ kind: 'foreign-file', path, detail: 'it is not a SQLite file' });
  }
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const expectedBytes = pageSize * header.readUInt32BE(28);
  if (bytes < expectedBytes) throw new LedgerError({ kind: 'truncated', path, bytes, expectedBytes });
}
