import type { Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';
import { openDictionaries } from './dictionaries.ts';
import { hashEvent, noHash } from './hash-event.ts';
import { prepareReadLogRows } from './read-log-rows.ts';
import { openStoredEvents } from './stored-event.ts';

/** How many of the newest events are checked whenever a ledger is opened to write: those that a crash could have hurt. */
const checkedAtOpening = 256;

/** Recomputes the hashes of the newest events. Throws `corrupt` with the first position that is wrong. */
export function checkTail(db: Database, path: string): void {
  const last = db.prepare<[], number>('SELECT ifnull(max(position), 0) FROM events').pluck().get() ?? 0;
  const rows = prepareReadLogRows(db)(Math.max(0, last - checkedAtOpening), checkedAtOpening);
  const toStored = openStoredEvents(openDictionaries(db));
  const storedHash = db
    .prepare<[number, number], Buffer>('SELECT hash FROM events WHERE sid = ? AND version = ?')
    .pluck();
  let expected = rows[0]?.[0] ?? 1;
  for (const row of rows) {
    const [position, sid, version] = row;
    const before = version === 1 ? noHash : storedHash.get(sid, version - 1)?.toString('hex');
    const stored = toStored(row);
    const isWhole = before !== undefined && hashEvent(before, stored) === stored.hash;
    if (!isWhole || position !== expected) {
      throw new LedgerError({ kind: 'corrupt', path, detail: 'a hash is not that of its event', position });
    }
    expected += 1;
  }
}
