import type { Database } from 'better-sqlite3';

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly status: 'live' | 'rebuilding';
}

/** What the file says of its projections. */
export interface ProjectionStatuses {
  all(): ReadonlyMap<string, ProjectionStatus>;
  /** For inside a transaction. */
  set(status: ProjectionStatus): void;
}

export function prepareProjectionStatuses(db: Database): ProjectionStatuses {
  const select = db.prepare<[], ProjectionStatus>('SELECT name, version, status FROM projections');
  const upsert = db.prepare<[string, number, string]>(
    `INSERT INTO projections (name, version, status) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET version = excluded.version, status = excluded.status`,
  );
  return {
    all: () => new Map(select.all().map((row) => [row.name, row])),
    set({ name, version, status }) {
      upsert.run(name, version, status);
    },
  };
}
