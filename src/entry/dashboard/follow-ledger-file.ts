import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { LedgerReader } from '../../ledger/open-reader.ts';

/**
 * A writer's bytes reach the file before its commit can be read, so a look that finds nothing new is taken again this much
 * later, in milliseconds.
 */
const lookAgainAfter = [20, 100, 500];

/** Calls `onGrown` with the newest position whenever another process has added events. The file system tells; nothing is polled. */
export function followLedgerFile(
  reader: LedgerReader,
  onGrown: (position: number) => void,
): { close(): void } {
  const names = [basename(reader.path), `${basename(reader.path)}-wal`];
  let seen = positionOf(reader);
  let timer: NodeJS.Timeout | undefined;
  const look = (later: readonly number[]): void => {
    clearTimeout(timer);
    const position = positionOf(reader);
    const [next, ...rest] = later;
    if (position > seen) {
      seen = position;
      onGrown(position);
    } else if (next !== undefined) {
      timer = setTimeout(look, next, rest);
    }
  };
  const watcher: FSWatcher = watch(dirname(reader.path), (_kind, name) => {
    if (name !== null && names.includes(name)) look(lookAgainAfter);
  });
  return {
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}

function positionOf({ log }: LedgerReader): number {
  log.forget(false);
  return log.lastPosition();
}
