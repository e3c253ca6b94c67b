import type { Database } from 'better-sqlite3';
import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import { LedgerError } from '../ledger-error.ts';
import { type AppendKey, type KeyedAppend, prepareAppendKeys } from './append-key.ts';
import { openDictionaries } from './dictionaries.ts';
import { type EventTypes, encodeData } from './encode-data.ts';
import { type HashedParts, hashEvent, noHash } from './hash-event.ts';
import { prepareInsertEvent } from './insert-event.ts';
import { prepareLastPosition } from './last-position.ts';
import { type LogReads, openLogReads } from './log-reads.ts';
import { causeCells, timeTexts } from './same-again.ts';
import { prepareStreamHead, type StreamHead } from './stream-head.ts';
import { uuidToBytes } from './uuid.ts';

/** How many streams' heads are kept in memory. */
const keptHeads = 10_000;

export interface Taken {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly actor: string;
  readonly cause: string;
}

/** The log itself, on one connection. Writes are for inside a transaction. */
export interface EventLog extends LogReads {
  head(stream: StreamId): StreamHead;
  lastPosition(): number;
  /** Adds one event, whose parts are whole and whose hash is right, after the stream's head; gives its position. */
  addHashed(parts: HashedParts, hash: string): number;
  /** Adds one event after the stream's head. */
  add(
    stream: StreamId,
    event: { readonly type: string; readonly data: unknown },
    taken: Taken,
  ): RecordedEvent;
  keyed(key: AppendKey): KeyedAppend | null;
  keepKey(key: AppendKey, append: KeyedAppend): void;
  /** Drops the heads that are remembered: another connection wrote, or a transaction was undone. */
  forget(undone: boolean): void;
}

export function openEventLog(db: Database, types: EventTypes): EventLog {
  const dictionaries = openDictionaries(db);
  const insert = prepareInsertEvent(db);
  const storedHead = prepareStreamHead(db);
  const storedLast = prepareLastPosition(db);
  const keys = prepareAppendKeys(db);
  const heads = new Map<StreamId, StreamHead>();
  let last: number | null = null;
  const causes = causeCells();
  const times = timeTexts();

  const keepHead = (stream: StreamId, head: StreamHead): StreamHead => {
    // The oldest goes for a new one; to drop them all would have each of many streams read anew again and again.
    if (heads.size >= keptHeads && !heads.has(stream)) heads.delete(oldestOf(heads));
    heads.set(stream, head);
    return head;
  };
  const head = (stream: StreamId): StreamHead => {
    const kept = heads.get(stream);
    if (kept !== undefined) return kept;
    const sid = dictionaries.streams.find(stream);
    const stored = sid === null ? null : storedHead(sid);
    return keepHead(stream, stored ?? { version: 0, hash: noHash });
  };
  const lastPosition = (): number => {
    last ??= storedLast();
    return last;
  };

  const addHashed = (parts: HashedParts, hash: string): number => {
    const { stream, version, id, type, typeVersion, actor, cause, at, data } = parts;
    const idBytes = uuidToBytes(id);
    if (idBytes === null) throw new LedgerError({ kind: 'invalid-id', id });
    const position = lastPosition() + 1;
    insert([
      position,
      dictionaries.streams.idOf(stream),
      version,
      dictionaries.types.idOf({ name: type, version: typeVersion }),
      dictionaries.actors.idOf(actor),
      at,
      idBytes,
      causes.toCell(cause),
      Buffer.from(hash, 'hex'),
      data,
    ]);
    last = position;
    keepHead(stream, { version, hash });
    return position;
  };

  return {
    ...openLogReads(db, dictionaries, types),
    head,
    lastPosition,
    addHashed,
    add(stream, event, { id, at, actor, cause }) {
      const { typeVersion, data, text } = encodeData(types, event);
      const before = head(stream);
      const version = before.version + 1;
      const parts = { stream, version, id, type: event.type, typeVersion, actor, cause, at, data: text };
      const hash = hashEvent(before.hash, parts);
      const position = addHashed(parts, hash);
      const recorded = { stream, version, id, actor, cause, at: times.toText(at, position), hash, position };
      // `encodeData` has passed the data through the schema of its type.
      return { type: event.type, data, ...recorded } as RecordedEvent;
    },
    keyed: (key) => keys.find(key.digest),
    keepKey: (key, append) => keys.insert(key.digest, append),
    forget(undone) {
      heads.clear();
      last = null;
      if (undone) {
        dictionaries.streams.forget();
        dictionaries.types.forget();
        dictionaries.actors.forget();
      }
    },
  };
}

function oldestOf(heads: ReadonlyMap<StreamId, StreamHead>): StreamId {
  const [oldest] = heads.keys();
  if (oldest === undefined) throw new RangeError('There is no head to let go.');
  return oldest;
}
