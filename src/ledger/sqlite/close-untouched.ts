import { statSync } from 'node:fs';
import Sqlite, { type Database } from 'better-sqlite3';

/**
 * Closes a connection to a ledger that is refused, and leaves the files as they are. The last connection to be closed moves
 * the write-ahead log into the file and removes it, and with it what could tell of a damage; one that can't write, and is
 * closed after it, does not.
 */
export function closeUntouched(db: Database, path: string): void {
  const last = openToRead(path);
  try {
    db.close();
  } finally {
    last?.close();
  }
}

function openToRead(path: string): Database | null {
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  const db = new Sqlite(path, { readonly: true });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (error) {
    db.close();
    // Of a file that can't be read, nothing is moved either; why it can't be is what the caller is about to tell.
    if (error instanceof Sqlite.SqliteError) return null;
    throw error;
  }
}
