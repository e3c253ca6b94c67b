import type { Database } from 'better-sqlite3';
import type { FoldedEvent, RecordedEvent, StreamId } from '../../domain/event.ts';
import { openDecoder } from './decode-event.ts';
import type { Dictionaries } from './dictionaries.ts';
import type { EventTypes } from './encode-data.ts';
import { prepareReadFolded } from './read-folded.ts';
import { prepareReadLogRows } from './read-log-rows.ts';
import { prepareReadStreamRows } from './read-stream-rows.ts';
import { prepareStreamNames } from './stream-names.ts';

/** What can be read of a log: events in the shapes that their types have now. */
export interface LogReads {
  read(stream: StreamId, after: number): RecordedEvent[];
  /** The same without what a fold has no use for, which costs less. */
  readFolded(stream: StreamId, after: number): FoldedEvent[];
  readAll(after: number, limit: number): RecordedEvent[];
  streams(prefix: string): StreamId[];
}

export function openLogReads(db: Database, dictionaries: Dictionaries, types: EventTypes): LogReads {
  const streamRows = prepareReadStreamRows(db);
  const logRows = prepareReadLogRows(db);
  const toEvent = openDecoder(dictionaries, types);
  return {
    read(stream, after) {
      const sid = dictionaries.streams.find(stream);
      return sid === null ? [] : streamRows(sid, after).map(toEvent);
    },
    readFolded: prepareReadFolded(db, dictionaries, types),
    readAll: (after, limit) => logRows(after, limit).map(toEvent),
    streams: prepareStreamNames(db),
  };
}
