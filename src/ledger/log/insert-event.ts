import type { Database } from 'better-sqlite3';
import { type EventRow, eventColumns } from './event-row.ts';

/** Adds one event. The database itself refuses any but the next of the log and of its stream. */
export function prepareInsertEvent(db: Database): (row: EventRow) => void {
  const statement = db.prepare<[...EventRow]>(
    `INSERT INTO events (${eventColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (row) => {
    statement.run(...row);
  };
}
