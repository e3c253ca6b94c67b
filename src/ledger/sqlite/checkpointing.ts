import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import type { CheckpointOrder } from './checkpoint-worker.ts';

/** Pages in the write-ahead log that a worker is asked to move into the file: 4 MiB. */
const worthMoving = 1_000;
/** Pages at which the log shall begin anew: 256 MiB. What the writer does for that is so rare that it is in no p99.9. */
const tooLong = 64_000;
/** Pages that the writer moves itself: with them it moves and brings to the disk no more than it just wrote. */
const few = 64;
/** How many writes go by between two looks at the log. */
const lookEvery = 512;

/** Moves what is committed from the write-ahead log into the file, away from the writer's thread. */
export interface Checkpointing {
  /** A transaction was committed in which so many things were written: events, deliveries, notes of what was done. */
  committed(writes: number): void;
  close(): Promise<void>;
}

/**
 * A checkpoint on the writer's thread stops everything for many milliseconds, so a worker with a connection of its own
 * does it. While something is written all the time the worker is always a few pages behind, and a log begins anew only
 * when all of it was moved: once it is long, the writer moves the last few pages itself, right after the worker. SQLite
 * brings the file to the disk with the last page, so the worker has done that before with all but those few. `longest` is in
 * pages.
 */
export function openCheckpointing(db: Database, path: string, longest = tooLong): Checkpointing {
  if (path === ':memory:') return { committed() {}, close: async () => {} };
  db.pragma('wal_autocheckpoint = 0');
  let worker: Worker | null = null;
  let isMoving = false;
  let written = 0;
  /** What the worker left the last time that it brought the log down; it is sent again as long as that helps. */
  let leftBefore = Number.POSITIVE_INFINITY;

  const lookAt = db.prepare<[], { log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');

  /** How many pages the log has, and how many of them are not in the file yet; moves none. */
  const look = (): { log: number; left: number } => {
    const { log, checkpointed } = lookAt.get() ?? { log: 0, checkpointed: 0 };
    return { log, left: log - checkpointed };
  };
  const moveHere = (): void => {
    db.pragma('wal_checkpoint(PASSIVE)');
  };
  const send = (order: CheckpointOrder): void => {
    worker ??= startWorker(path, moved, gone);
    isMoving = true;
    worker.postMessage(order);
  };
  const moved = (problem: string | null): void => {
    isMoving = false;
    if (!db.open) return;
    // What the worker can't do, the writer does: slower, and with its own errors.
    if (problem !== null) {
      moveHere();
      return;
    }
    const { log, left } = look();
    if (log < longest) return;
    if (left > few && left < leftBefore) {
      leftBefore = left;
      send('bring-down');
      return;
    }
    leftBefore = Number.POSITIVE_INFINITY;
    if (left > 0) moveHere();
  };

  /** A worker that fell is replaced when there is something to move again. */
  const gone = (): void => {
    worker = null;
    isMoving = false;
  };

  return {
    committed(writes) {
      written += writes;
      if (isMoving || written < lookEvery) return;
      written = 0;
      const { log, left } = look();
      if (left >= worthMoving) send(log < longest ? 'move' : 'bring-down');
    },
    async close() {
      if (worker === null) return;
      const ended = new Promise((resolve) => worker?.once('exit', resolve));
      // Nothing else may be left to keep the process alive until the worker has gone.
      worker.ref();
      worker.postMessage('close' satisfies CheckpointOrder);
      await ended;
    },
  };
}

function startWorker(path: string, moved: (problem: string | null) => void, gone: () => void): Worker {
  const own = import.meta.url;
  const program = new URL(`./checkpoint-worker${extname(new URL(own).pathname)}`, own);
  // Descriptors that the worker opens stay open when it ends: it says why.
  const worker = new Worker(program, { workerData: { path }, trackUnmanagedFds: false });
  worker.unref();
  worker.on('message', moved);
  worker.on('error', (error: unknown) => moved(String(error)));
  worker.on('exit', gone);
  return worker;
}
