import type { Database } from 'better-sqlite3';
import { takeTownLock } from '../lease/town-lock.ts';
import { readWriter } from '../lease/writer-record.ts';
import { LedgerError } from '../ledger-error.ts';
import { type Migration, migrations } from './migrations.ts';

/** "GasT" as a 32-bit integer: how a ledger is told from any other SQLite file. */
const applicationId = 0x47617354;

/**
 * Brings a ledger's schema up to the newest migration, each in the one transaction that also records it. Refuses a file
 * that is newer than this program, of another program, or whose recorded migrations are not the ones that this program has; and
 * one that has to be changed under a living town (`lease-held`), which knows nothing of what changes.
 */
export function migrate(db: Database, path: string, now: () => Date, steps = migrations): void {
  const known = steps.length;
  db.transaction(() => {
    const found = checkSchema(db, path, steps);
    if (found > 0 && found < known) refuseLivingTown(db, path);
    for (const step of steps.slice(found)) {
      db.exec(step.sql);
      db.prepare('INSERT INTO migrations (number, name, sha256, at) VALUES (?, ?, ?, ?)').run(
        step.number,
        step.name,
        step.sha256,
        now().toISOString(),
      );
    }
    if (found < known) {
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${known}`);
    }
  }).immediate();
}

function refuseLivingTown(db: Database, path: string): void {
  const lock = takeTownLock(path);
  if (lock === null) {
    const { holder, since, generation } = readWriter(db);
    throw new LedgerError({ kind: 'lease-held', path, holder, since, generation });
  }
  // Whoever starts now waits for this transaction.
  lock.release();
}

/** The schema's version: 0 for an empty file. Throws what a program may not open. */
export function checkSchema(db: Database, path: string, steps: readonly Migration[] = migrations): number {
  // One look at the file: between two, a town that has just started may have made its tables.
  return db.transaction(() => schemaVersion(db, path, steps))();
}

function schemaVersion(db: Database, path: string, steps: readonly Migration[]): number {
  const found = Number(db.pragma('user_version', { simple: true }));
  const owner = Number(db.pragma('application_id', { simple: true }));
  const tables = db.prepare<[], number>('SELECT count(*) FROM sqlite_schema').pluck().get() ?? 0;
  if (owner === 0 && found === 0 && tables === 0) return 0;
  if (owner !== applicationId) {
    throw new LedgerError({
      kind: 'foreign-file',
      path,
      detail: `it is a SQLite file with application id ${owner} and ${tables} tables, indexes and views`,
    });
  }
  if (found > steps.length) {
    throw new LedgerError({ kind: 'newer-schema', path, found, known: steps.length });
  }
  const applied = db
    .prepare<[], { number: number; sha256: string }>('SELECT number, sha256 FROM migrations ORDER BY number')
    .all();
  for (const step of steps.slice(0, found)) {
    const recorded = applied.find((row) => row.number === step.number);
    if (recorded?.sha256 !== step.sha256) {
      throw new LedgerError({
        kind: 'altered-schema',
        path,
        detail: `migration ${step.number} (${step.name}) is not the one that was applied`,
      });
    }
  }
  return found;
}
