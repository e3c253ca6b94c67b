import Sqlite from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';

/** How long a write waits for another process's, in milliseconds. */
export const busyTimeoutMs = 5_000;

/** What SQLite's result code means for a ledger. Any other error is given back as it is. */
export function sqliteFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const code = error.code;
  const cause = { cause: error };
  if (code === 'SQLITE_FULL') return new LedgerError({ kind: 'disk-full', path }, cause);
  if (code === 'SQLITE_NOTADB') {
    return new LedgerError({ kind: 'foreign-file', path, detail: 'it is not a SQLite file' }, cause);
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return new LedgerError({ kind: 'corrupt', path, detail: error.message, position: null }, cause);
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code === 'SQLITE_AUTH') {
    return new LedgerError({ kind: 'read-only', path }, cause);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new LedgerError({ kind: 'busy', path, waitedMs: busyTimeoutMs }, cause);
  }
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN')) {
    return new LedgerError({ kind: 'io', path, code }, cause);
  }
  return error;
}

/**
 * The same for what is done while a ledger is opened. The program's own statements fit every schema that it made: one that
 * SQLite doesn't understand is the file's fault, whose schema is text that may be damaged as well as any.
 */
export function withTypedOpening<T>(path: string, open: () => T): T {
  try {
    return withTypedFailures(path, open);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError) || error.code !== 'SQLITE_ERROR') throw error;
    const detail = `its schema is damaged: ${error.message}`;
    throw new LedgerError({ kind: 'corrupt', path, detail, position: null }, { cause: error });
  }
}

/** Runs a read or a write and turns SQLite's failures into the ledger's. */
export function withTypedFailures<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw sqliteFailure(error, path);
  }
}
