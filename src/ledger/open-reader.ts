import type { Database } from 'better-sqlite3';
import { eventTypes } from '../domain/event-types.ts';
import { LedgerError } from './ledger-error.ts';
import type { EventTypes } from './log/encode-data.ts';
import { type EventLog, openEventLog } from './log/event-log.ts';
import { checkSchema } from './migrations/migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { openReadOnly } from './sqlite/open-read-only.ts';
import { withTypedFailures } from './sqlite/sqlite-failure.ts';

/** A ledger that is only read: beside a living town, from a backup, or on a disk that can't be written. */
export interface LedgerReader {
  readonly path: string;
  readonly db: Database;
  readonly log: EventLog;
  readonly types: EventTypes;
  close(): void;
}

/** Throws a `LedgerError` for what is no ledger, or one that this program can't read. */
export function openReader(path: string, types: EventTypes = eventTypes): LedgerReader {
  const db = withTypedFailures(path, () => openReadOnly(path));
  try {
    return withTypedFailures(path, () => {
      const found = checkSchema(db, path);
      if (found < migrations.length) {
        throw new LedgerError({ kind: 'older-schema', path, found, known: migrations.length });
      }
      return { path, db, log: openEventLog(db, types), types, close: () => db.close() };
    });
  } catch (error) {
    db.close();
    throw error;
  }
}
