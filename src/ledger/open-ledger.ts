import type { Database } from 'better-sqlite3';
import { eventTypes } from '../domain/event-types.ts';
import { assembleLedger, type WorkingLedger } from './assemble-ledger.ts';
import { type TownLock, takeTownLock } from './lease/town-lock.ts';
import { takeWriterLease } from './lease/writer-lease.ts';
import { checkTail } from './log/check-tail.ts';
import type { EventTypes } from './log/encode-data.ts';
import { newUuidV7 } from './log/uuid.ts';
import { migrate } from './migrations/migrate.ts';
import { allProjections } from './projections/all-projections.ts';
import type { Projection } from './projections/projection.ts';
import { closeUntouched } from './sqlite/close-untouched.ts';
import { openDatabase } from './sqlite/open-database.ts';
import { withTypedOpening } from './sqlite/sqlite-failure.ts';

export interface LedgerOptions {
  /** The SQLite file, whose folder is made if it is missing; or `:memory:`. */
  readonly path: string;
  readonly clock: () => Date;
  /** Makes UUIDs version 7; by default from the clock and the system's randomness. */
  readonly newId?: () => string;
  /** Given by a town, which is the only one on its ledger; a tool that appends beside it gives none. */
  readonly writer?: { readonly name: string };
  /** `full` (the default): what is acknowledged survives a power cut. `normal`: it survives the process. */
  readonly synchronous?: 'full' | 'normal';
  readonly types?: EventTypes;
  readonly projections?: readonly Projection[];
}

/**
 * Opens a ledger to read and to write, and makes it where there is none. Throws a `LedgerError`: `lease-held` where
 * another town is alive, or whatever is wrong with the file, which is then left as it is.
 */
export function openLedger(options: LedgerOptions): WorkingLedger {
  const { path, synchronous = 'full' } = options;
  const db = openDatabase(path, { synchronous });
  try {
    return withTypedOpening(path, () => {
      migrate(db, path, options.clock);
      checkTail(db, path);
      return open(db, options);
    });
  } catch (error) {
    closeUntouched(db, path);
    throw error;
  }
}

function open(db: Database, options: LedgerOptions): WorkingLedger {
  const { path, clock, types = eventTypes, projections = allProjections } = options;
  const newId = options.newId ?? (() => newUuidV7(clock));
  const lease = takeWriterLease({ db, path, town: options.writer ?? null, now: clock() });
  const held: { lock: TownLock | null } = { lock: null };
  // A tool may bring read models up to date while no town is alive to do so.
  const mayRebuild = (): boolean => {
    if (options.writer !== undefined || path === ':memory:') return true;
    held.lock ??= takeTownLock(path);
    return held.lock !== null;
  };
  try {
    const ledger = assembleLedger({ db, path, clock, newId, types, projections, lease, mayRebuild });
    // Whether a rebuild failed is told by `ready` itself; here it is over either way.
    const release = (): void => held.lock?.release();
    ledger.ready.then(release, release);
    return ledger;
  } catch (error) {
    held.lock?.release();
    lease.release();
    throw error;
  }
}
