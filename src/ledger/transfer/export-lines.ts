import type { Database } from 'better-sqlite3';
import { openDictionaries } from '../log/dictionaries.ts';
import type { EventRow } from '../log/event-row.ts';
import { prepareReadLogRows } from '../log/read-log-rows.ts';
import { openStoredEvents } from '../log/stored-event.ts';
import type { LedgerReader } from '../open-reader.ts';

const page = 2_000;

/**
 * A whole ledger as lines of JSON without line feeds: a header, the stored contents, then the events in the order in which
 * they were taken in. Data stand as the very text that was hashed.
 */
export function* exportLines({ db }: Pick<LedgerReader, 'db'>): Generator<string> {
  // One transaction, so that a town that goes on writing adds nothing in the middle.
  db.exec('BEGIN');
  try {
    yield JSON.stringify({ format: 'gas-town-ledger', version: 1 });
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

function* contentLines(db: Database): Generator<string> {
  interface ContentRow {
    readonly hash: Buffer;
    readonly size: number;
    readonly encoding: string;
    readonly bytes: Buffer;
  }
  const ids = db.prepare<[], number>('SELECT cid FROM contents ORDER BY cid').pluck().all();
  const select = db.prepare<[number], ContentRow>(
    'SELECT hash, size, encoding, bytes FROM contents WHERE cid = ?',
  );
  for (const id of ids) {
    const row = select.get(id);
    if (row === undefined) continue;
    const { size, encoding } = row;
    yield JSON.stringify({
      content: row.hash.toString('hex'),
      size,
      encoding,
      bytes: row.bytes.toString('base64'),
    });
  }
}

function prepareToLine(db: Database): (row: EventRow) => string {
  const toStored = openStoredEvents(openDictionaries(db));
  const keys = keysByPosition(db);
  return (row) => {
    const { position, hash, data, at, ...rest } = toStored(row);
    const head = JSON.stringify({ ...rest, at: new Date(at).toISOString(), hash, ...keys(position) });
    return `${head.slice(0, -1)},"data":${data}}`;
  };
}

/** Keys in order of the first position that they name, walked beside the events. */
function keysByPosition(db: Database): (position: number) => { key?: string; keyed?: number } {
  const walk = db
    .prepare<[], [Buffer, number, number]>('SELECT key, first, count FROM append_keys ORDER BY first')
    .raw()
    .all()
    .values();
  let next = walk.next();
  return (position) => {
    if (next.done || next.value[1] !== position) return {};
    const [key, , count] = next.value;
    next = walk.next();
    return { key: key.toString('hex'), keyed: count };
  };
}
