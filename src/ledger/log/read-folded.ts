import type { Database } from 'better-sqlite3';
import type { FoldedEvent, StreamId } from '../../domain/event.ts';
import { decodeData } from './decode-data.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { EventTypes } from './encode-data.ts';
import { timeTexts } from './same-again.ts';
import { hexToUuid } from './uuid.ts';

type FoldedRow = readonly [
  position: number,
  version: number,
  tid: number,
  aid: number,
  at: number,
  id: string,
  data: string,
];

/** Reads a stream as folds see it, those events after a version: without causes and hashes. */
export function prepareReadFolded(
  db: Database,
  dictionaries: Dictionaries,
  types: EventTypes,
): (stream: StreamId, after: number) => FoldedEvent[] {
  const times = timeTexts();
  const statement = db
    .prepare<[number, number], FoldedRow>(
      `SELECT position, version, tid, aid, at, hex(id), data FROM events WHERE sid = ? AND version > ?
       ORDER BY version`,
    )
    .raw();
  return (stream, after) => {
    const sid = dictionaries.streams.find(stream);
    if (sid === null) return [];
    return statement.all(sid, after).map((row) => {
      const position = row[0];
      const type = dictionaries.types.entryOf(row[2]);
      // `decodeData` has passed the data through the schema of its type.
      return {
        type: type.name,
        data: decodeData(types, type, row[6], position),
        stream,
        version: row[1],
        id: hexToUuid(row[5].toLowerCase()),
        actor: dictionaries.actors.entryOf(row[3]),
        at: times.toText(row[4], position),
      } as FoldedEvent;
    });
  };
}
