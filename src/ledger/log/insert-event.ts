import type { Database } from 'better-sqlite3';

type InsertedRow = [
  position: number,
  sid: number,
  version: number,
  tid: number,
  aid: number,
  at: number,
  id: string,
  cause: Buffer | string,
  hash: string,
  data: string,
  key: string | null,
  keyed: number | null,
];

/**
 * Adds one event. The database itself refuses any but the next of the log and of its stream. Bytes are handed over as
 * hexadecimal digits: that costs less than to make buffers of them here.
 */
export function prepareInsertEvent(db: Database): (row: InsertedRow) => void {
  const statement = db.prepare<InsertedRow>(
    `INSERT INTO events (position, sid, version, tid, aid, at, id, cause, hash, data, key, keyed)
     VALUES (?, ?, ?, ?, ?, ?, unhex(?, '-'), ?, unhex(?), ?, unhex(?), ?)`,
  );
  return (row) => {
    statement.run(...row);
  };
}
