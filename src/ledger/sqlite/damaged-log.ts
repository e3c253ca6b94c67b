import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';

/** Sizes and places in SQLite's write-ahead log (https://www.sqlite.org/fileformat2.html#the_write_ahead_log). */
const headerBytes = 32;
const frameHeaderBytes = 24;
const pageSizeAt = 8;
const saltsAt = 16;
const frameSaltsAt = 8;
const saltBytes = 8;
/** Of a frame: how many pages the file has after the transaction that this frame ends, 0 for any other frame. */
const committedPagesAt = 4;

/**
 * Refuses a ledger whose write-ahead log is damaged. SQLite takes a log up to the first frame whose checksum is wrong, and
 * drops what follows without a word: right for a transaction that a power cut has torn, but after a damaged byte it would
 * drop what was acknowledged. With `synchronous = FULL` a transaction is on the disk before the next one begins, so no more
 * than one can be torn: where two or more stand behind the wrong frame, the log is damaged.
 */
export function refuseDamagedLog(db: Database, path: string): void {
  const valid = validFrames(db);
  const dropped = transactionsAfter(`${path}-wal`, valid);
  // Where someone else writes at this moment, what was just found is what they wrote.
  if (dropped < 2 || validFrames(db) !== valid) return;
  const detail = `its write-ahead log is wrong after ${valid} pages, and at least ${dropped - 1} transactions after that would be lost`;
  throw new LedgerError({ kind: 'corrupt', path, detail, position: null });
}

function validFrames(db: Database): number {
  return db.prepare<[], { log: number }>('PRAGMA wal_checkpoint(NOOP)').get()?.log ?? 0;
}

/** How many transactions end behind so many frames of a log, those of an older use of the same file not counted. */
function transactionsAfter(wal: string, frames: number): number {
  const { size } = statSync(wal, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size <= headerBytes) return 0;
  const file = openSync(wal, 'r');
  try {
    const header = Buffer.alloc(headerBytes);
    readSync(file, header, 0, headerBytes, 0);
    const salts = header.subarray(saltsAt, saltsAt + saltBytes);
    const frameBytes = frameHeaderBytes + header.readUInt32BE(pageSizeAt);
    const frame = Buffer.alloc(frameHeaderBytes);
    let ended = 0;
    for (let at = headerBytes + frames * frameBytes; at + frameBytes <= size; at += frameBytes) {
      readSync(file, frame, 0, frameHeaderBytes, at);
      const isOfThisUse = frame.subarray(frameSaltsAt, frameSaltsAt + saltBytes).equals(salts);
      if (isOfThisUse && frame.readUInt32BE(committedPagesAt) !== 0) ended += 1;
    }
    return ended;
  } finally {
    closeSync(file);
  }
}
