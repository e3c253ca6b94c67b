import type { Database } from 'better-sqlite3';

type InsertedRow = [
  position: number,
  sid: number,
  version: number,
  tid: number,
  aid: number,
  at: number,
  id: Buffer,
  cause: Buffer | string,
  hash: Buffer,
  data: string,
];

/** Adds one event. The database itself refuses any but the next of the log and of its stream. */
export function prepareInsertEvent(db: Database): (row: InsertedRow) => void {
  const statement = db.prepare<InsertedRow>(
    `INSERT INTO events (position, sid, version, tid, aid, at, id, cause, hash, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (row) => {
    statement.run(...row);
  };
}
