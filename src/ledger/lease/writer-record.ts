import type { Database } from 'better-sqlite3';

/** Who may write: each town that starts raises the generation, and every write checks that it is still the same. */
export interface WriterRecord {
  readonly generation: number;
  readonly holder: string;
  /** ISO 8601. */
  readonly since: string;
}

export function readWriter(db: Database): WriterRecord {
  const row = db.prepare<[], WriterRecord>('SELECT generation, holder, since FROM writer').get();
  return row ?? { generation: 0, holder: '', since: '' };
}

/** Makes `holder` the writer. The caller holds the town lock. */
export function raiseGeneration(db: Database, holder: string, now: Date): WriterRecord {
  const raised = db.prepare<[string, string], WriterRecord>(
    'UPDATE writer SET generation = generation + 1, holder = ?, since = ? RETURNING generation, holder, since',
  );
  return db.transaction(() => raised.get(holder, now.toISOString())).immediate() ?? readWriter(db);
}
