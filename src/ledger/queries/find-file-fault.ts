import type { LedgerReader } from '../open-reader.ts';
import type { Fault } from './verify-ledger.ts';

/** What SQLite's own check of the file finds, and keys that name events which aren't there. */
export function findFileFault({ db }: LedgerReader, lastPosition: number): Fault | null {
  const found = db.pragma('integrity_check(1)', { simple: true });
  if (found !== 'ok') return { position: null, what: `the file's structure: ${String(found)}` };
  const stray = db
    .prepare<[{ last: number }], number>(
      `SELECT first FROM append_keys WHERE first < 1 OR first + count - 1 > @last
       UNION ALL SELECT position FROM events WHERE position + keyed - 1 > @last LIMIT 1`,
    )
    .pluck()
    .get({ last: lastPosition });
  if (stray === undefined) return null;
  return { position: null, what: `a key names position ${stray}, where there is no event` };
}
