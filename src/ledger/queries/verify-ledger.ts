import Sqlite from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';
import { decodeData } from '../log/decode-data.ts';
import { openDictionaries } from '../log/dictionaries.ts';
import type { EventRow } from '../log/event-row.ts';
import { hashEvent, noHash } from '../log/hash-event.ts';
import { prepareReadLogRows } from '../log/read-log-rows.ts';
import { openStoredEvents } from '../log/stored-event.ts';
import type { LedgerReader } from '../open-reader.ts';
import { findContentFault } from './find-content-fault.ts';
import { findFileFault } from './find-file-fault.ts';
import { findProjectionFault, leftOutModels } from './find-projection-fault.ts';

/** The first thing found wrong; `position` is that of an event, or null where the fault is not in one. */
export interface Fault {
  readonly position: number | null;
  readonly what: string;
}

export interface Verification {
  /** Events whose hash was recomputed and is right. */
  readonly events: number;
  readonly streams: number;
  /** Null where all is as it was written. */
  readonly fault: Fault | null;
  /** Read models that could not be compared with the log; none where something is wrong. */
  readonly leftOut: readonly string[];
}

interface Head {
  readonly version: number;
  readonly hash: string;
}

const page = 2_000;

/**
 * Recomputes every hash of every stream, checks that no position and no version is missing and that every event can be
 * read; then the file's own structure, every stored content, and every read model against the log.
 */
export function verifyLedger(reader: LedgerReader): Verification {
  // One transaction, so that all of it sees the ledger as it is at one moment, whatever a town goes on to write.
  reader.db.exec('BEGIN');
  try {
    return verify(reader);
  } finally {
    // A damaged page may have ended it already.
    if (reader.db.inTransaction) reader.db.exec('ROLLBACK');
  }
}

function verify(reader: LedgerReader): Verification {
  const heads = new Map<number, Head>();
  let last = 0;
  const done = (fault: Fault | null): Verification => ({
    events: last,
    streams: heads.size,
    fault,
    leftOut: fault === null ? leftOutModels(reader) : [],
  });
  try {
    const check = prepareCheck(reader, heads);
    const rows = prepareReadLogRows(reader.db);
    for (let some = rows(0, page); some.length > 0; some = rows(last, page)) {
      for (const row of some) {
        const what = check(row, last + 1);
        if (what !== null) return done({ position: last + 1, what });
        last += 1;
      }
    }
  } catch (error) {
    const what = problemOf(error);
    if (what === null) throw error;
    return done({ position: last + 1, what });
  }
  return done(findFileFault(reader, last) ?? findContentFault(reader) ?? findProjectionFault(reader));
}

/** What is wrong with a row of the log that should have `position`; null where nothing is. */
function prepareCheck(
  { db, types }: LedgerReader,
  heads: Map<number, Head>,
): (row: EventRow, position: number) => string | null {
  const toStored = openStoredEvents(openDictionaries(db));
  return (row, position) => {
    const [found, sid] = row;
    if (found !== position) return `the next event is at position ${found}: something was taken out`;
    const before = heads.get(sid) ?? { version: 0, hash: noHash };
    const stored = toStored(row);
    const { stream, version, type, typeVersion, data, hash } = stored;
    if (version !== before.version + 1) return `${stream} goes from version ${before.version} to ${version}`;
    if (hashEvent(before.hash, stored) !== hash)
      return `version ${version} of ${stream} is not what was hashed`;
    decodeData(types, { name: type, version: typeVersion }, data, position);
    heads.set(sid, { version, hash });
    return null;
  };
}

/** What an error says about the file; null for one that says nothing of it. */
function problemOf(error: unknown): string | null {
  if (error instanceof LedgerError && (error.kind === 'unknown-type' || error.kind === 'broken-event')) {
    return error.message;
  }
  if (error instanceof LedgerError && error.kind === 'corrupt') return error.message;
  if (error instanceof Sqlite.SqliteError && /^SQLITE_(CORRUPT|IOERR)/.test(error.code)) return error.message;
  return null;
}
