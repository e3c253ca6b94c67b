import type { Database } from 'better-sqlite3';
import type { StreamId } from '../../domain/event.ts';
import { openDictionaries } from '../log/dictionaries.ts';
import type { EventRow } from '../log/event-row.ts';
import { prepareReadLogRows } from '../log/read-log-rows.ts';
import { prepareReadStreamRows } from '../log/read-stream-rows.ts';
import { openStoredEvents } from '../log/stored-event.ts';
import type { LedgerReader } from '../open-reader.ts';

const page = 2_000;

/** The first line of every export. */
export const exportHeader = JSON.stringify({ format: 'gas-town-ledger', version: 1 });

/**
 * A whole ledger as lines of JSON without line feeds: a header, the stored contents, then the events in the order in which
 * they were taken in. Data stand as the very text that was hashed.
 */
export function* exportLines({ db }: Pick<LedgerReader, 'db'>): Generator<string> {
  // One transaction, so that a town that goes on writing adds nothing in the middle.
  db.exec('BEGIN');
  try {
    yield exportHeader;
    yield* contentLines(db);
    yield* eventLines(db);
  } finally {
    if (db.inTransaction) db.exec('ROLLBACK');
  }
}

function* eventLines(db: Database): Generator<string> {
  const toLine = prepareToLine(db);
  const rows = prepareReadLogRows(db);
  let last = 0;
  for (let some = rows(last, page); some.length > 0; some = rows(last, page)) {
    for (const row of some) {
      yield toLine(row);
      last = row[0];
    }
  }
}

/** The lines of one stream's events after a version, as they stand in an export of the whole. */
export function prepareStreamLines(db: Database): (stream: StreamId, after: number) => readonly string[] {
  const dictionaries = openDictionaries(db);
  const rows = prepareReadStreamRows(db);
  return (stream, after) => {
    const sid = dictionaries.streams.find(stream);
    const toLine = prepareToLine(db);
    return sid === null ? [] : rows(sid, after).map((row) => toLine(row));
  };
}

/** The line of one stored content, or null. */
export function prepareContentLine(db: Database): (hash: string) => string | null {
  const select = db.prepare<[Buffer], ContentRow>(
    'SELECT hash, size, encoding, bytes FROM contents WHERE hash = ?',
  );
  return (hash) => {
    const row = select.get(Buffer.from(hash, 'hex'));
    return row === undefined ? null : toContentLine(row);
  };
}

interface ContentRow {
  readonly hash: Buffer;
  readonly size: number;
  readonly encoding: string;
  readonly bytes: Buffer;
}

function toContentLine({ hash, size, encoding, bytes }: ContentRow): string {
  return JSON.stringify({ content: hash.toString('hex'), size, encoding, bytes: bytes.toString('base64') });
}

function* contentLines(db: Database): Generator<string> {
  const ids = db.prepare<[], number>('SELECT cid FROM contents ORDER BY cid').pluck().all();
  const select = db.prepare<[number], ContentRow>(
    'SELECT hash, size, encoding, bytes FROM contents WHERE cid = ?',
  );
  for (const id of ids) {
    const row = select.get(id);
    if (row === undefined) continue;
    yield toContentLine(row);
  }
}

function prepareToLine(db: Database): (row: EventRow) => string {
  const toStored = openStoredEvents(openDictionaries(db));
  const keyAt = prepareKeyAt(db);
  return (row) => {
    const { position, hash, data, at, ...rest } = toStored(row);
    const head = JSON.stringify({ ...rest, at: new Date(at).toISOString(), hash, ...keyAt(position) });
    return `${head.slice(0, -1)},"data":${data}}`;
  };
}

/** The key of the append whose first event is at a position. */
function prepareKeyAt(db: Database): (position: number) => { key?: string; keyed?: number } {
  const select = db
    .prepare<[number], [string, number]>(
      'SELECT lower(hex(key)), keyed FROM events WHERE position = ? AND key IS NOT NULL',
    )
    .raw();
  const selectEarlier = db
    .prepare<[number], [string, number]>('SELECT lower(hex(key)), count FROM earlier_keys WHERE first = ?')
    .raw();
  return (position) => {
    const row = select.get(position) ?? selectEarlier.get(position);
    return row === undefined ? {} : { key: row[0], keyed: row[1] };
  };
}
