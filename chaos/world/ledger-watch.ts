import { existsSync, mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '../../src/domain/event.ts';
import { LedgerError } from '../../src/ledger/ledger-error.ts';
import { openReader } from '../../src/ledger/open-reader.ts';

export const ledgerFile = (data: string): string => join(data, 'beads.db');

/** The town's ledger, read beside it while it works: each event once, as soon as its files change. */
export interface LedgerWatch {
  /** What was seen so far. */
  readonly seen: readonly RecordedEvent[];
  /** Resolves once something is true of what was seen. Rejects at the signal. */
  until(is: (seen: readonly RecordedEvent[]) => boolean, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Events of the town's ledger after a position. */
export function readEvents(data: string, after = 0): readonly RecordedEvent[] {
  if (!existsSync(ledgerFile(data))) return [];
  try {
    const reader = openReader(ledgerFile(data));
    try {
      return reader.log.readAll(after, 1_000_000);
    } finally {
      reader.close();
    }
  } catch (error) {
    // The town has just made the file, and is not done with its tables; or it is gone, and with it what its readers share.
    if (error instanceof LedgerError && passing.has(error.fault.kind)) return [];
    throw error;
  }
}

const passing: ReadonlySet<LedgerError['fault']['kind']> = new Set(['older-schema', 'disk-full']);

export function watchLedger(data: string, onEvent: (event: RecordedEvent) => void): LedgerWatch {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const seen: RecordedEvent[] = [];
  const waiting = new Set<() => void>();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  let due = false;
  const look = (): void => {
    due = false;
    try {
      for (const event of readEvents(data, seen.at(-1)?.position ?? 0)) {
        seen.push(event);
        onEvent(event);
      }
      for (const check of waiting) check();
    } catch (error) {
      failed.reject(error);
    }
  };
  const watcher = watch(data, (_, file) => {
    // Reading touches the folder too: only what the town wrote is a reason to look again. What it writes in one go is looked at once.
    if (due || (file !== 'beads.db' && file !== 'beads.db-wal')) return;
    due = true;
    setImmediate(look);
  });
  return {
    seen,
    until: async (is, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const abort = (): void => reject(signal.reason);
      const check = (): void => {
        if (is(seen)) resolve();
      };
      signal.addEventListener('abort', abort, { once: true });
      waiting.add(check);
      look();
      try {
        await Promise.race([promise, failed.promise]);
      } finally {
        waiting.delete(check);
        signal.removeEventListener('abort', abort);
      }
    },
    close: () => watcher.close(),
  };
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
