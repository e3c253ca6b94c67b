import type { Database } from 'better-sqlite3';
import type { KeyedAppend } from './append-key.ts';
import { prepareLastPosition } from './last-position.ts';

/** Parts of the index, by the first seven bits of a digest. */
const parts = 128;
/**
 * With every so many events one part is brought up to date, one after the other. Each key changes a page of its own where
 * there are many: many small parts spread that over the appends, and none of them has to wait for all of it.
 */
const eventsPerPart = 16;

/**
 * The keys of appends, by their digests in hex. A key is stored with its event, and indexed by the event's position later:
 * a random key in a page of its own would be the dearest part of an append. The keys that may not be in the index yet are
 * kept in memory, and are read from the newest events when a ledger is opened.
 */
export interface AppendKeys {
  find(digest: string): KeyedAppend | null;
  /** To be told of every event that is added, inside its transaction; the digest is that of an append's first event. */
  added(position: number, digest: string | null, count: number): void;
  /** Another connection wrote, or (`undone`) a transaction was rolled back. */
  forget(undone: boolean): void;
}

/** Up to which position all keys are in the index, whoever added the events: each part's last turn is no longer ago. */
function indexedUpTo(lastPosition: number): number {
  const turns = Math.floor(lastPosition / eventsPerPart);
  return Math.max(0, turns - (parts - 1)) * eventsPerPart;
}

const noKeys = (): Map<string, KeyedAppend>[] => Array.from({ length: parts }, () => new Map());

export function openAppendKeys(db: Database): AppendKeys {
  const storedLast = prepareLastPosition(db);
  const select = db
    .prepare<[string], [number, number]>('SELECT first, count FROM append_keys WHERE key = unhex(?)')
    .raw();
  const selectNewest = db
    .prepare<[number, number], [number, string, number]>(
      `SELECT position, lower(hex(key)), keyed FROM events
       WHERE position > ? AND position <= ? AND key IS NOT NULL`,
    )
    .raw();
  const insert = db.prepare<[string]>(
    `INSERT INTO append_keys (key, first, count)
     SELECT unhex(value ->> 0), value ->> 1, value ->> 2 FROM json_each(?) WHERE true ORDER BY 1
     ON CONFLICT (key) DO NOTHING`,
  );
  // Replaced where they are emptied: V8 keeps what a cleared map held alive for as long as its old generation stands.
  let newest = noKeys();
  /** The last event whose key is known here or in the index; null where nothing is. */
  let seen: number | null = null;
  let isUpToDate = false;

  const partOf = (digest: string): Map<string, KeyedAppend> | undefined =>
    newest[Number.parseInt(digest.slice(0, 2), 16) >> 1];
  const lookAtNewest = (): void => {
    if (isUpToDate) return;
    const last = storedLast();
    for (const [first, digest, count] of selectNewest.all(seen ?? indexedUpTo(last), last)) {
      partOf(digest)?.set(digest, { first, count });
    }
    seen = last;
    isUpToDate = true;
  };
  const bringUpToDate = (index: number): void => {
    const part = newest[index];
    if (part === undefined || part.size === 0) return;
    insert.run(JSON.stringify([...part].map(([digest, { first, count }]) => [digest, first, count])));
    newest[index] = new Map();
  };

  return {
    find(digest) {
      lookAtNewest();
      const known = partOf(digest)?.get(digest);
      if (known !== undefined) return known;
      const row = select.get(digest);
      return row === undefined ? null : { first: row[0], count: row[1] };
    },
    added(position, digest, count) {
      lookAtNewest();
      seen = position;
      if (digest !== null) partOf(digest)?.set(digest, { first: position, count });
      if (position % eventsPerPart === 0) bringUpToDate((position / eventsPerPart) % parts);
    },
    forget(undone) {
      isUpToDate = false;
      if (!undone) return;
      seen = null;
      newest = noKeys();
    },
  };
}
