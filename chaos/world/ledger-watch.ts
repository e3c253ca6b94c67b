import { existsSync, mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { LedgerError } from '../../src/ledger/ledger-error.ts';
import { openReader } from '../../src/ledger/open-reader.ts';

export const ledgerFile = (data: string): string => join(data, 'beads.db');

/** Every event of the town's ledger so far, read beside it. */
export function readEvents(data: string): readonly RecordedEvent[] {
  if (!existsSync(ledgerFile(data))) return [];
  try {
    const reader = openReader(ledgerFile(data));
    try {
      return reader.log.readAll(0, 1_000_000);
    } finally {
      reader.close();
    }
  } catch (error) {
    // The town has just made the file, and is not done with its tables.
    if (error instanceof LedgerError && error.fault.kind === 'older-schema') return [];
    throw error;
  }
}

/** Resolves once something is true of the ledger; it is looked at whenever its files change. Rejects at the signal. */
export async function untilLedger(
  data: string,
  is: (events: readonly RecordedEvent[]) => boolean,
  signal: AbortSignal,
): Promise<void> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let due = false;
  const look = (): void => {
    due = false;
    try {
      if (is(readEvents(data))) resolve();
    } catch (error) {
      reject(error);
    }
  };
  const watcher = watch(data, (_, file) => {
    // Reading touches the folder too: only what the town wrote is a reason to look again. What it writes in one go is looked at once.
    if (due || (file !== 'beads.db' && file !== 'beads.db-wal')) return;
    due = true;
    setImmediate(look);
  });
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  look();
  return promise.finally(() => {
    watcher.close();
    signal.removeEventListener('abort', abort);
  });
}

/** How many effects on GitHub were intended and have neither a receipt nor a final failure. */
export function openEffects(events: readonly RecordedEvent[]): number {
  const open = new Set<string>();
  for (const event of events) {
    if (event.type === 'EffectIntended') open.add(event.data.effect);
    if (event.type === 'EffectConfirmed') open.delete(event.data.effect);
    if (event.type === 'EffectFailed' && event.data.final) open.delete(event.data.effect);
  }
  return open.size;
}
