import type { Database } from 'better-sqlite3';
import { eventTypes } from '../../domain/event-types.ts';
import { type ContentStore, prepareContentStore } from '../content/content-store.ts';
import { LedgerError } from '../ledger-error.ts';
import { type EventLog, openEventLog } from '../log/event-log.ts';
import { hashEvent } from '../log/hash-event.ts';
import { contentLine, type EventLine, eventLine, headerLine } from './line.ts';
import { parseLine } from './parse-line.ts';

export interface Imported {
  readonly events: number;
  readonly contents: number;
  /** Events that the ledger held already, the very same. */
  readonly known: number;
}

/**
 * Takes in an export, all of it or nothing. For inside a transaction. Each event's hash is recomputed on the way; a
 * stream that the ledger holds in part is continued, and one that it holds otherwise is refused.
 */
export function importLines(db: Database, lines: Iterable<string>): Imported {
  return prepareTakeIn(db, openEventLog(db, eventTypes), () => undefined)(lines);
}

/** Takes in an export, or a part of one, through a log that is open already; `added` hears of each new event's position. */
export function prepareTakeIn(
  db: Database,
  log: EventLog,
  added: (position: number) => void,
): (lines: Iterable<string>) => Imported {
  const contents = prepareContentStore(db, db.name);
  const addEvent = prepareAddEvent(db, log, added);
  return (lines) => takeIn(lines, contents, addEvent);
}

function takeIn(
  lines: Iterable<string>,
  contents: ContentStore,
  addEvent: (line: EventLine, number: number) => boolean,
): Imported {
  const count = { events: 0, contents: 0, known: 0 };
  let number = 0;
  for (const text of lines) {
    number += 1;
    if (number === 1) parseLine(headerLine, text, number);
    else if (text.startsWith('{"content":')) {
      const { content, bytes, ...rest } = parseLine(contentLine, text, number);
      const stored = { hash: Buffer.from(content, 'hex'), bytes: Buffer.from(bytes, 'base64'), ...rest };
      contents.insert(stored);
      contents.get(content);
      count.contents += 1;
    } else {
      const isNew = addEvent(parseLine(eventLine, text, number), number);
      count[isNew ? 'events' : 'known'] += 1;
    }
  }
  if (number === 0) throw new LedgerError({ kind: 'invalid-line', line: 1, problem: 'the export is empty' });
  return count;
}

/** False for an event that the ledger holds already. */
function prepareAddEvent(
  db: Database,
  log: EventLog,
  added: (position: number) => void,
): (line: EventLine, number: number) => boolean {
  const storedHash = db
    .prepare<[string, number], string>(
      'SELECT lower(hex(e.hash)) FROM events e JOIN streams s USING (sid) WHERE s.name = ? AND e.version = ?',
    )
    .pluck();
  return (line, number) => {
    const { stream, version, hash, key, keyed, data, ...rest } = line;
    const head = log.head(stream);
    if (version <= head.version) {
      if (storedHash.get(stream, version) === hash) return false;
      throw new LedgerError({ kind: 'other-history', line: number, stream, version });
    }
    const at = Date.parse(line.at);
    const parts = { ...rest, stream, version, at, data: JSON.stringify(data) };
    if (version !== head.version + 1 || hashEvent(head.hash, parts) !== hash) {
      const problem = `version ${version} of ${stream} doesn't follow what comes before it`;
      throw new LedgerError({ kind: 'invalid-line', line: number, problem });
    }
    const append = key === undefined || keyed === undefined ? null : { digest: key, count: keyed };
    if (append !== null && log.keyed(append) !== null) {
      throw new LedgerError({ kind: 'invalid-line', line: number, problem: `the key ${key} is used twice` });
    }
    added(log.addHashed(parts, hash, append));
    return true;
  };
}
