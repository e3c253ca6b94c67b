import type { Database } from 'better-sqlite3';

/** Where named subscriptions stand. A lost checkpoint costs a repeat, never an event. */
export interface Checkpoints {
  find(name: string): number | null;
  /** For inside a transaction. */
  keep(name: string, position: number): void;
}

export function prepareCheckpoints(db: Database): Checkpoints {
  const select = db.prepare<[string], number>('SELECT position FROM checkpoints WHERE name = ?').pluck();
  const upsert = db.prepare<[string, number]>(
    'INSERT INTO checkpoints (name, position) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET position = excluded.position',
  );
  return {
    find: (name) => select.get(name) ?? null,
    keep(name, position) {
      upsert.run(name, position);
    },
  };
}
