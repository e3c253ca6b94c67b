import type { Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';
import { type TownLock, takeTownLock } from './town-lock.ts';
import { raiseGeneration, readWriter, type WriterRecord } from './writer-record.ts';

/** The right to write. A town's own is exclusive; a tool's holds as long as no other town has started since. */
export interface WriterLease {
  readonly generation: number;
  /** Throws `lease-lost` when another town has taken over. */
  check(): void;
  release(): void;
}

interface LeaseRequest {
  readonly db: Database;
  readonly path: string;
  /** Null for a tool, which writes beside whatever town there is. */
  readonly town: { readonly name: string } | null;
  readonly now: Date;
}

/** Throws `lease-held` when another town is alive. */
export function takeWriterLease({ db, path, town, now }: LeaseRequest): WriterLease {
  const lock = town === null || path === ':memory:' ? null : takeTownLock(path);
  if (town !== null && path !== ':memory:' && lock === null) {
    const { holder, since, generation } = readWriter(db);
    throw new LedgerError({ kind: 'lease-held', path, holder, since, generation });
  }
  const ours = become(db, town, now, lock);
  return {
    generation: ours.generation,
    check() {
      const current = readWriter(db);
      if (current.generation === ours.generation) return;
      throw new LedgerError({
        kind: 'lease-lost',
        ours: ours.generation,
        current: current.generation,
        holder: current.holder,
      });
    },
    release() {
      lock?.release();
    },
  };
}

function become(db: Database, town: LeaseRequest['town'], now: Date, lock: TownLock | null): WriterRecord {
  try {
    return town === null ? readWriter(db) : raiseGeneration(db, town.name, now);
  } catch (error) {
    lock?.release();
    throw error;
  }
}
