import { existsSync, readFileSync, statSync } from 'node:fs';
import Sqlite, { type Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';
import { fileFailure } from './file-failure.ts';
import { openDatabase } from './open-database.ts';

/**
 * A connection that can't write. SQLite needs to write beside a file in WAL mode even to read it; where the folder doesn't
 * allow that and nothing waits in a write-ahead log, the file is read from a copy in memory.
 */
export function openReadOnly(path: string): Database {
  try {
    const db = openDatabase(path, { readOnly: true });
    try {
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      return db;
    } catch (error) {
      db.close();
      throw error;
    }
  } catch (error) {
    if (!isFolderClosed(error) || !existsSync(path)) throw error;
    if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
      throw new LedgerError({ kind: 'read-only', path }, { cause: error });
    }
    return openCopy(path);
  }
}

function isFolderClosed(error: unknown): boolean {
  if (error instanceof LedgerError) return error.kind === 'io' || error.kind === 'read-only';
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_CANTOPEN');
}

function openCopy(path: string): Database {
  const bytes = readBytes(path);
  // Bytes 18 and 19 of the header say "WAL"; a file in memory has to say "rollback journal".
  bytes[18] = 1;
  bytes[19] = 1;
  return new Sqlite(bytes, { readonly: true });
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileFailure(error, path);
  }
}
