import type { Database } from 'better-sqlite3';
import { takeTownLock } from '../lease/town-lock.ts';
import { readWriter } from '../lease/writer-record.ts';
import { LedgerError } from '../ledger-error.ts';
import { migrate } from '../migrations/migrate.ts';
import { openDatabase } from '../sqlite/open-database.ts';
import { withTypedFailures } from '../sqlite/sqlite-failure.ts';

/** Does a work on a ledger's file that no town may be alive for, in one transaction. Throws `lease-held` else. */
export function maintainLedger<R>(path: string, now: () => Date, work: (db: Database) => R): R {
  const db = openDatabase(path);
  try {
    return withTypedFailures(path, () => {
      migrate(db, path, now);
      const lock = takeTownLock(path);
      if (lock === null) {
        const { holder, since, generation } = readWriter(db);
        throw new LedgerError({ kind: 'lease-held', path, holder, since, generation });
      }
      try {
        return db.transaction(() => work(db)).immediate();
      } finally {
        lock.release();
      }
    });
  } finally {
    db.close();
  }
}
