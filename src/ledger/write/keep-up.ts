import type { Database } from 'better-sqlite3';
import type { WriterLease } from '../lease/writer-lease.ts';
import type { EventLog } from '../log/event-log.ts';
import type { LiveProjections } from '../projections/live-projections.ts';

/** Keeps what a connection remembers of the file in step with what other connections commit. */
export interface KeepUp {
  /** Before a read. */
  beforeRead(): void;
  /** At the start of a transaction. Throws `lease-lost`. */
  beforeWrite(): void;
}

/**
 * SQLite's `data_version` changes with every commit of another connection, and with nothing else. As long as it stands
 * still, remembered heads and rows are true and the lease is ours; asking for it costs next to nothing.
 */
export function openKeepUp(db: Database, log: EventLog, live: LiveProjections, lease: WriterLease): KeepUp {
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  let seen = dataVersion.get();
  let isLeaseSure = false;
  const look = (): void => {
    const now = dataVersion.get();
    if (now === seen) return;
    seen = now;
    isLeaseSure = false;
    log.forget(false);
    live.forget();
  };
  return {
    beforeRead: look,
    beforeWrite() {
      look();
      if (isLeaseSure) return;
      lease.check();
      live.refresh();
      isLeaseSure = true;
    },
  };
}
