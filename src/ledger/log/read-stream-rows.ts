import type { Database } from 'better-sqlite3';
import { type EventRow, readColumns } from './event-row.ts';

/** A stream's rows in order, those after a version. */
export function prepareReadStreamRows(db: Database): (sid: number, after: number) => EventRow[] {
  const statement = db
    .prepare<[number, number], EventRow>(
      `SELECT ${readColumns} FROM events WHERE sid = ? AND version > ? ORDER BY version`,
    )
    .raw();
  return (sid, after) => statement.all(sid, after);
}
