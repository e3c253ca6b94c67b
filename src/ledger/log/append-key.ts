import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';

/** What an append under a key took in: `count` events from position `first` on. */
export interface KeyedAppend {
  readonly first: number;
  readonly count: number;
}

export interface AppendKeys {
  find(key: Buffer): KeyedAppend | null;
  insert(key: Buffer, append: KeyedAppend): void;
}

export interface AppendKey {
  readonly text: string;
  /** The first 16 bytes of its SHA-256, as which it is kept: any text is as short as any other. */
  readonly digest: Buffer;
}

export function toAppendKey(text: string | undefined): AppendKey | null {
  if (text === undefined) return null;
  return { text, digest: hash('sha256', text, 'buffer').subarray(0, 16) };
}

export function prepareAppendKeys(db: Database): AppendKeys {
  const select = db
    .prepare<[Buffer], [number, number]>('SELECT first, count FROM append_keys WHERE key = ?')
    .raw();
  const insert = db.prepare<[Buffer, number, number]>(
    'INSERT INTO append_keys (key, first, count) VALUES (?, ?, ?)',
  );
  return {
    find(key) {
      const row = select.get(key);
      return row === undefined ? null : { first: row[0], count: row[1] };
    },
    insert(key, append) {
      insert.run(key, append.first, append.count);
    },
  };
}
