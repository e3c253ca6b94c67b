import type { Database } from 'better-sqlite3';
import { eventTypes } from '../domain/event-types.ts';
import { LedgerError } from './ledger-error.ts';
import type { EventTypes } from './log/encode-data.ts';
import { type EventLog, openEventLog } from './log/event-log.ts';
import { checkSchema } from './migrations/migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { allProjections } from './projections/all-projections.ts';
import type { Projection } from './projections/projection.ts';
import { openReadOnly } from './sqlite/open-read-only.ts';
import { withTypedFailures, withTypedOpening } from './sqlite/sqlite-failure.ts';

/** A ledger that is only read: beside a living town, from a backup, or on a disk that can't be written. */
export interface LedgerReader {
  readonly path: string;
  readonly db: Database;
  readonly log: EventLog;
  readonly types: EventTypes;
  readonly projections: readonly Projection[];
  close(): void;
}

/** What a ledger holds that is not the program's own. */
export interface ReaderOptions {
  readonly types?: EventTypes;
  readonly projections?: readonly Projection[];
}

/** Throws a `LedgerError` for what is no ledger, or one that this program can't read. */
export function openReader(path: string, options: ReaderOptions = {}): LedgerReader {
  const { types = eventTypes, projections = allProjections } = options;
  const db = withTypedFailures(path, () => openReadOnly(path));
  try {
    return withTypedOpening(path, () => {
      const found = checkSchema(db, path);
      if (found < migrations.length) {
        throw new LedgerError({ kind: 'older-schema', path, found, known: migrations.length });
      }
      const log = openEventLog(db, types);
      return { path, db, log, types, projections, close: () => db.close() };
    });
  } catch (error) {
    db.close();
    throw error;
  }
}
