import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { LedgerError } from '../ledger-error.ts';
import { openReader } from '../open-reader.ts';
import { fileFailure } from '../sqlite/file-failure.ts';
import { openDatabase } from '../sqlite/open-database.ts';
import { withTypedFailures } from '../sqlite/sqlite-failure.ts';

export interface Backup {
  readonly path: string;
  readonly bytes: number;
  /** The last event that is in it. */
  readonly position: number;
}

/**
 * Copies a ledger as it is at this moment, while a town goes on writing, into a file that holds all of it and needs no
 * other. The copy is read once before it gets its name, so that a file of that name is always whole.
 */
export function backupLedger(path: string, target: string): Backup {
  if (existsSync(target)) throw new LedgerError({ kind: 'file-exists', path: target });
  const partial = `${target}.partial`;
  rmSync(partial, { force: true });
  try {
    copyInto(path, partial);
    const position = withTypedFailures(partial, () => lastPosition(partial));
    flush(partial);
    renameSync(partial, target);
    return { path: target, bytes: statSync(target).size, position };
  } catch (error) {
    throw error instanceof LedgerError ? error : fileFailure(error, target);
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(partial + suffix, { force: true });
  }
}

function copyInto(path: string, partial: string): void {
  const reader = openReader(path);
  reader.close();
  const db = openDatabase(path, { readOnly: true, queryOnly: false });
  try {
    withTypedFailures(partial, () => db.prepare('VACUUM INTO ?').run(partial));
  } finally {
    db.close();
  }
}

function lastPosition(partial: string): number {
  const copy = openReader(partial);
  try {
    return copy.log.lastPosition();
  } finally {
    copy.close();
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
