import type { LedgerReader } from '../open-reader.ts';

/** How much of something there is, by what tells one kind from another. */
export interface Count {
  readonly kind: string;
  readonly count: number;
}

export interface WorkCounts {
  /** Deliveries that are due or parked; handled ones are history. */
  readonly deliveries: readonly Count[];
  /** Seconds since the oldest delivery that is due came in; 0 where none is. */
  readonly oldestDueSeconds: number;
  /** Effects on GitHub that are intended and not confirmed, by kind. */
  readonly effects: readonly Count[];
  readonly convoys: readonly Count[];
  readonly beads: readonly Count[];
  /** Beads that are closed with a change and have not landed, of convoys that have not ended. */
  readonly mergeQueue: number;
  /** Conversations that have not ended, by role. */
  readonly sessions: readonly Count[];
  /** Of the newest event. */
  readonly position: number;
}

/** What is waiting and what is at work, by the read models and work lists. `now` is in milliseconds since 1970. */
export function countWork({ db }: LedgerReader, now: number): WorkCounts {
  const counts = (sql: string): readonly Count[] => db.prepare<[], Count>(sql).all();
  const number = (sql: string): number => db.prepare<[], number>(sql).pluck().get() ?? 0;
  const oldest = number("SELECT min(received_at) FROM inbox WHERE status = 'due'");
  return {
    deliveries: counts(
      "SELECT status AS kind, count(*) AS count FROM inbox WHERE status <> 'handled' GROUP BY status",
    ),
    oldestDueSeconds: oldest === 0 ? 0 : Math.max(0, (now - oldest) / 1_000),
    effects: counts('SELECT kind, count(*) AS count FROM outbox GROUP BY kind'),
    convoys: counts('SELECT status AS kind, count(*) AS count FROM convoys GROUP BY status'),
    beads: counts(
      `SELECT CASE WHEN landed = 1 THEN 'landed' ELSE status END AS kind, count(*) AS count FROM beads GROUP BY 1`,
    ),
    mergeQueue: number(
      `SELECT count(*) FROM beads JOIN convoys USING (convoy)
       WHERE beads.status = 'closed' AND outcome = 'change' AND landed = 0 AND ended IS NULL`,
    ),
    sessions: counts(
      "SELECT role AS kind, count(*) AS count FROM sessions WHERE status <> 'ended' GROUP BY role",
    ),
    position: number('SELECT ifnull(max(position), 0) FROM events'),
  };
}
