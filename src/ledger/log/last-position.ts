import type { Database } from 'better-sqlite3';

/** The position of the newest event; 0 for an empty log. */
export function prepareLastPosition(db: Database): () => number {
  const statement = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM events').pluck();
  return () => statement.get() ?? 0;
}
