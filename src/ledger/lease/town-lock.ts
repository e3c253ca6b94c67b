import Sqlite, { type Database } from 'better-sqlite3';

/** Proof that no other living process runs a town on the same ledger. */
export interface TownLock {
  release(): void;
}

/**
 * Takes the lock that only one living town may hold: an exclusive SQLite transaction on a file of its own beside the
 * ledger. The operating system gives it back when the process ends, however it ends, so a killed town never has to be
 * waited for, and a copied workspace holds no lock. Null when another connection has it.
 */
export function takeTownLock(path: string): TownLock | null {
  const db = new Sqlite(`${path}.town`, { timeout: 0 });
  try {
    if (!begin(db)) {
      db.close();
      return null;
    }
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    release() {
      db.close();
    },
  };
}

function begin(db: Database): boolean {
  try {
    db.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_BUSY') return false;
    throw error;
  }
}
