import { hash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { Database } from 'better-sqlite3';
import type { StreamId } from '../../domain/event.ts';

export interface Snapshot {
  /** Of the stream: the last event that the state has seen. */
  readonly version: number;
  readonly state: unknown;
}

export interface FoldName {
  readonly name: string;
  readonly version: number;
}

/** Kept states of folds: a cache that may be emptied at any time, and that is used only when all of it fits. */
export interface Snapshots {
  find(stream: StreamId, fold: FoldName): Snapshot | null;
  keep(stream: StreamId, fold: FoldName, snapshot: Snapshot): void;
}

interface SnapshotRow {
  readonly version: number;
  readonly state: Buffer;
  readonly state_hash: Buffer;
}

/**
 * A snapshot counts only when the fold has the same version, the event it stands on has the same hash, and its own
 * bytes have the hash they were kept with. States are kept as a structured clone, so that maps and sets survive.
 */
export function prepareSnapshots(db: Database): Snapshots {
  const select = db.prepare<[string, string, number], SnapshotRow>(
    `SELECT n.version, n.state, n.state_hash FROM snapshots n
     JOIN streams s ON s.sid = n.sid
     JOIN events e ON e.sid = n.sid AND e.version = n.version AND e.hash = n.stream_hash
     WHERE s.name = ? AND n.fold = ? AND n.fold_version = ?`,
  );
  const insert = db.prepare<[string, number, Buffer, Buffer, string, number]>(
    `INSERT OR REPLACE INTO snapshots (sid, fold, fold_version, version, stream_hash, state, state_hash)
     SELECT e.sid, ?, ?, e.version, e.hash, ?, ? FROM events e JOIN streams s USING (sid)
     WHERE s.name = ? AND e.version = ?`,
  );
  return {
    find(stream, fold) {
      const row = select.get(stream, fold.name, fold.version);
      if (row === undefined || !hash('sha256', row.state, 'buffer').equals(row.state_hash)) return null;
      const state = readState(row.state);
      return state === null ? null : { version: row.version, state: state.value };
    },
    keep(stream, fold, snapshot) {
      const state = writeState(snapshot.state);
      if (state === null) return;
      insert.run(fold.name, fold.version, state, hash('sha256', state, 'buffer'), stream, snapshot.version);
    },
  };
}

/** Null for a state that another release of Node wrote in a form that this one can't read. */
function readState(bytes: Buffer): { readonly value: unknown } | null {
  try {
    return { value: deserialize(bytes) };
  } catch {
    return null;
  }
}

/** Null for a state that can't be cloned: it is then folded from its events each time. */
function writeState(state: unknown): Buffer | null {
  try {
    return serialize(state);
  } catch {
    return null;
  }
}
