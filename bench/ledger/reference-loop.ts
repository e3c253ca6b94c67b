import Sqlite from 'better-sqlite3';
import { type Checkpointing, openCheckpointing } from '../../src/ledger/sqlite/checkpointing.ts';

/**
 * R: the shortest loop that one would write by hand. It has none of the ledger's safety: no key, no chain, no trigger, no
 * outbox, no check of an event's shape. Its columns: position, stream, version, type, data, created; unique (stream,
 * version); and one upsert of the stream's row on a board. Pragmas, page cache and checkpoints are the ledger's own.
 */
export interface ReferenceLoop {
  readonly db: Sqlite.Database;
  /** One transaction. */
  append(stream: string, events: readonly { readonly type: string; readonly data: unknown }[]): void;
  close(): Promise<void>;
}

export function openReferenceLoop(
  path: string,
  synchronous: 'full' | 'normal',
  inline = false,
): ReferenceLoop {
  const db = new Sqlite(path);
  for (const pragma of [
    'journal_mode = WAL',
    `synchronous = ${synchronous}`,
    'recursive_triggers = ON',
    'trusted_schema = OFF',
    'cell_size_check = ON',
    'cache_size = -16384',
  ]) {
    db.pragma(pragma);
  }
  db.exec(`CREATE TABLE IF NOT EXISTS events (
      position INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL, type TEXT NOT NULL,
      data TEXT NOT NULL, created TEXT NOT NULL, UNIQUE (stream, version));
    CREATE TABLE IF NOT EXISTS board (stream TEXT PRIMARY KEY, events INTEGER NOT NULL, last TEXT NOT NULL)`);
  const insert = db.prepare(
    'INSERT INTO events (stream, version, type, data, created) VALUES (?, ?, ?, ?, ?)',
  );
  const upsert = db.prepare(
    `INSERT INTO board VALUES (?, 1, ?) ON CONFLICT (stream) DO UPDATE SET events = events + 1, last = excluded.last`,
  );
  const checkpointing: Checkpointing | null = inline ? null : openCheckpointing(db, path);
  const versions = new Map<string, number>();
  const stored = db
    .prepare<[string], number>('SELECT ifnull(max(version), 0) FROM events WHERE stream = ?')
    .pluck();
  const transaction = db.transaction((stream: string, events: readonly { type: string; data: unknown }[]) => {
    let version = versions.get(stream) ?? stored.get(stream) ?? 0;
    const created = new Date().toISOString();
    for (const event of events) {
      version += 1;
      insert.run(stream, version, event.type, JSON.stringify(event.data), created);
      upsert.run(stream, created);
    }
    versions.set(stream, version);
  });
  return {
    db,
    append(stream, events) {
      transaction.immediate(stream, events);
      checkpointing?.committed(1 + events.length);
    },
    async close() {
      await checkpointing?.close();
      db.close();
    },
  };
}
