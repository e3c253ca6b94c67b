import type { Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';
import { openDictionaries } from './dictionaries.ts';
import type { EventRow } from './event-row.ts';
import { hashEvent, noHash } from './hash-event.ts';
import { prepareReadLogRows } from './read-log-rows.ts';
import { bytesToUuid } from './uuid.ts';

/** How many of the newest events are checked whenever a ledger is opened to write: those that a crash could have hurt. */
const checkedAtOpening = 256;

/** Recomputes the hashes of the newest events. Throws `corrupt` with the first position that is wrong. */
export function checkTail(db: Database, path: string): void {
  const last = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM events').pluck().get() ?? 0;
  const rows = prepareReadLogRows(db)(Math.max(0, last - checkedAtOpening), checkedAtOpening);
  const recompute = prepareRecompute(db);
  const storedHash = db
    .prepare<[number, number], Buffer>('SELECT hash FROM events WHERE sid = ? AND version = ?')
    .pluck();
  let expected = rows[0]?.[0] ?? 1;
  for (const row of rows) {
    const [position, sid, version] = row;
    const before = version === 1 ? noHash : storedHash.get(sid, version - 1)?.toString('hex');
    const isWhole =
      position === expected && before !== undefined && recompute(row, before) === row[8].toString('hex');
    if (!isWhole) {
      throw new LedgerError({ kind: 'corrupt', path, detail: 'a hash is not that of its event', position });
    }
    expected += 1;
  }
}

/** The hash that a stored event must have after the one before it. */
export function prepareRecompute(db: Database): (row: EventRow, before: string) => string {
  const dictionaries = openDictionaries(db);
  return ([, sid, version, tid, aid, at, id, cause, , data], before) => {
    const type = dictionaries.types.entryOf(tid);
    return hashEvent(before, {
      stream: dictionaries.streams.entryOf(sid),
      version,
      id: bytesToUuid(id),
      type: type.name,
      typeVersion: type.version,
      actor: dictionaries.actors.entryOf(aid),
      cause: typeof cause === 'string' ? cause : bytesToUuid(cause),
      at,
      data,
    });
  };
}
