import type { Database } from 'better-sqlite3';
import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import { LedgerError } from '../ledger-error.ts';
import type { AppendKey, KeyedAppend } from './append-key.ts';
import { openAppendKeys } from './append-keys.ts';
import { openDictionaries } from './dictionaries.ts';
import { type EventTypes, encodeData } from './encode-data.ts';
import { type HashedParts, hashEvent } from './hash-event.ts';
import { prepareInsertEvent } from './insert-event.ts';
import { prepareLastPosition } from './last-position.ts';
import { type LogReads, openLogReads } from './log-reads.ts';
import { causeCells, timeTexts } from './same-again.ts';
import { openStreamHeads, type StreamHead } from './stream-head.ts';
import { isUuid } from './uuid.ts';

export interface Taken {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly actor: string;
  readonly cause: string;
}

/** The key of an append, on its first event. */
export interface Keyed {
  readonly digest: string;
  /** How many events the append has. */
  readonly count: number;
}

/** The log itself, on one connection. Writes are for inside a transaction. */
export interface EventLog extends LogReads {
  head(stream: StreamId): StreamHead;
  lastPosition(): number;
  /** Adds one event, whose parts are whole and whose hash is right, after the stream's head; gives its position. */
  addHashed(parts: HashedParts, hash: string, keyed: Keyed | null): number;
  /** Adds one event after the stream's head. */
  add(
    stream: StreamId,
    event: { readonly type: string; readonly data: unknown },
    taken: Taken,
    keyed: Keyed | null,
  ): RecordedEvent;
  keyed(key: Pick<AppendKey, 'digest'>): KeyedAppend | null;
  /** Drops the heads that are remembered: another connection wrote, or a transaction was undone. */
  forget(undone: boolean): void;
}

export function openEventLog(db: Database, types: EventTypes): EventLog {
  const dictionaries = openDictionaries(db);
  const insert = prepareInsertEvent(db);
  const heads = openStreamHeads(db, dictionaries.streams);
  const storedLast = prepareLastPosition(db);
  const keys = openAppendKeys(db);
  let last: number | null = null;
  const causes = causeCells();
  const times = timeTexts();

  const lastPosition = (): number => {
    last ??= storedLast();
    return last;
  };

  const addHashed = (parts: HashedParts, hash: string, keyed: Keyed | null): number => {
    const { stream, version, id, type, typeVersion, actor, cause, at, data } = parts;
    if (!isUuid(id)) throw new LedgerError({ kind: 'invalid-id', id });
    const position = lastPosition() + 1;
    insert([
      position,
      dictionaries.streams.idOf(stream),
      version,
      dictionaries.types.idOf({ name: type, version: typeVersion }),
      dictionaries.actors.idOf(actor),
      at,
      id,
      causes.toCell(cause),
      hash,
      data,
      keyed?.digest ?? null,
      keyed?.count ?? null,
    ]);
    last = position;
    keys.added(position, keyed?.digest ?? null, keyed?.count ?? 0);
    heads.keep(stream, { version, hash });
    return position;
  };

  return {
    ...openLogReads(db, dictionaries, types),
    head: heads.of,
    lastPosition,
    addHashed,
    add(stream, event, { id, at, actor, cause }, keyed) {
      const { typeVersion, data, text } = encodeData(types, event);
      const before = heads.of(stream);
      const version = before.version + 1;
      const parts = { stream, version, id, type: event.type, typeVersion, actor, cause, at, data: text };
      const hash = hashEvent(before.hash, parts);
      const position = addHashed(parts, hash, keyed);
      const recorded = { stream, version, id, actor, cause, at: times.toText(at, position), hash, position };
      // `encodeData` has passed the data through the schema of its type.
      return { type: event.type, data, ...recorded } as RecordedEvent;
    },
    keyed: (key) => keys.find(key.digest),
    forget(undone) {
      heads.forget();
      last = null;
      keys.forget(undone);
      if (undone) {
        dictionaries.streams.forget();
        dictionaries.types.forget();
        dictionaries.actors.forget();
      }
    },
  };
}
