import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';

const { path } = z.object({ path: z.string() }).parse(workerData);
const db = new Sqlite(path);

/** `move`: a passive checkpoint, answered with null or what went wrong. `close`: the end. */
parentPort?.on('message', (order: 'move' | 'close') => {
  if (order === 'close') {
    db.close();
    parentPort?.close();
    return;
  }
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
    parentPort?.postMessage(null);
  } catch (error) {
    parentPort?.postMessage(String(error));
  }
});
