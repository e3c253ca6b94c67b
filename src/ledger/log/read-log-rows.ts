import type { Database } from 'better-sqlite3';
import { type EventRow, readColumns } from './event-row.ts';

/** The log's rows in order of position, at most `limit` after a position. */
export function prepareReadLogRows(db: Database): (after: number, limit: number) => EventRow[] {
  const statement = db
    .prepare<[number, number], EventRow>(
      `SELECT ${readColumns} FROM events WHERE position > ? ORDER BY position LIMIT ?`,
    )
    .raw();
  return (after, limit) => statement.all(after, limit);
}
