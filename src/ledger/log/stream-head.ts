import type { Database } from 'better-sqlite3';
import type { StreamId } from '../../domain/event.ts';
import type { Dictionary } from './dictionary.ts';
import { noHash } from './hash-event.ts';

/** How many streams' heads are kept in memory. */
const keptHeads = 10_000;

export interface StreamHead {
  /** 0 where the stream has no event. */
  readonly version: number;
  readonly hash: string;
}

/** The newest version and hash of each stream, as far as they were asked for. */
export interface StreamHeads {
  of(stream: StreamId): StreamHead;
  keep(stream: StreamId, head: StreamHead): StreamHead;
  forget(): void;
}

export function openStreamHeads(db: Database, streams: Dictionary<StreamId>): StreamHeads {
  const stored = prepareStreamHead(db);
  const heads = new Map<StreamId, StreamHead>();
  const keep = (stream: StreamId, head: StreamHead): StreamHead => {
    // The oldest goes for a new one; to drop them all would have each of many streams read anew again and again.
    if (heads.size >= keptHeads && !heads.has(stream)) heads.delete(oldestOf(heads));
    heads.set(stream, head);
    return head;
  };
  return {
    keep,
    of(stream) {
      const kept = heads.get(stream);
      if (kept !== undefined) return kept;
      const sid = streams.find(stream);
      return keep(stream, (sid === null ? null : stored(sid)) ?? { version: 0, hash: noHash });
    },
    forget: () => heads.clear(),
  };
}

function oldestOf(heads: ReadonlyMap<StreamId, StreamHead>): StreamId {
  const [oldest] = heads.keys();
  if (oldest === undefined) throw new RangeError('There is no head to let go.');
  return oldest;
}

/** The newest version and hash of a stream, or null where it has no event. */
function prepareStreamHead(db: Database): (sid: number) => StreamHead | null {
  const statement = db
    .prepare<[number], [number, Buffer]>(
      'SELECT version, hash FROM events WHERE sid = ? ORDER BY version DESC LIMIT 1',
    )
    .raw();
  return (sid) => {
    const row = statement.get(sid);
    return row === undefined ? null : { version: row[0], hash: row[1].toString('hex') };
  };
}
