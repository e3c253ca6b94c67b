import { fdatasyncSync, openSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { z } from 'zod';

/** `move`: a passive checkpoint. `bring-down`: the file is brought to the disk too, so that the rest is soon moved. */
export type CheckpointOrder = 'move' | 'bring-down' | 'close';

const { path } = z.object({ path: z.string() }).parse(workerData);
const db = new Sqlite(path);
/**
 * The file beside SQLite's own descriptors. It is never closed: that would drop all locks which the process has on the file,
 * SQLite's too (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
let file: number | null = null;
const move = (): void => {
  db.pragma('wal_checkpoint(PASSIVE)');
};

/** An order is answered with null or what went wrong. */
parentPort?.on('message', (order: CheckpointOrder) => {
  if (order === 'close') {
    db.close();
    parentPort?.close();
    return;
  }
  try {
    move();
    if (order === 'bring-down') {
      // SQLite itself does this only with the log's last page, so that whoever moves that waits for the whole file.
      file ??= openSync(path, 'r+');
      fdatasyncSync(file);
      move();
    }
    parentPort?.postMessage(null);
  } catch (error) {
    parentPort?.postMessage(String(error));
  }
});
