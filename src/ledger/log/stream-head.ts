import type { Database } from 'better-sqlite3';

export interface StreamHead {
  /** 0 where the stream has no event. */
  readonly version: number;
  readonly hash: string;
}

/** The newest version and hash of a stream, or null where it has no event. */
export function prepareStreamHead(db: Database): (sid: number) => StreamHead | null {
  const statement = db
    .prepare<[number], [number, Buffer]>(
      'SELECT version, hash FROM events WHERE sid = ? ORDER BY version DESC LIMIT 1',
    )
    .raw();
  return (sid) => {
    const row = statement.get(sid);
    return row === undefined ? null : { version: row[0], hash: row[1].toString('hex') };
  };
}
