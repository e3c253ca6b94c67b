import type { LedgerReader } from '../open-reader.ts';

/** The position of the last event that had happened at a time; 0 before the first. */
export function positionAt({ db }: LedgerReader, time: Date): number {
  const last = db
    .prepare<[number], number>('SELECT ifnull(max(position), 0) FROM events WHERE at <= ?')
    .pluck();
  return last.get(time.getTime()) ?? 0;
}
