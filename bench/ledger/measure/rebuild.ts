import Sqlite from 'better-sqlite3';
import { eventTypes } from '../../../src/domain/event-types.ts';
import { beads } from '../../../src/ledger/projections/beads.ts';
import { startRebuild } from '../../../src/ledger/projections/rebuild.ts';
import { foldByHand } from './fold-by-hand.ts';

interface Rebuilt {
  readonly milliseconds: number;
  /** The most memory that the process had while it worked. */
  readonly rssMb: number;
  readonly rows: number;
  readonly digest: string;
}

/** Makes the bead board anew from the log of a ledger, as the ledger does it or by hand, and undoes it after. */
export function rebuildBoard(path: string, how: 'ledger' | 'by-hand'): Rebuilt {
  const db = new Sqlite(path);
  db.pragma('cache_size = -16384');
  db.exec('BEGIN IMMEDIATE');
  const began = performance.now();
  if (how === 'ledger') startRebuild(db, beads, eventTypes).finish();
  else foldByHand(db);
  const milliseconds = performance.now() - began;
  const rssMb = process.resourceUsage().maxRSS / 1024;
  const rows = db.prepare<[], number>('SELECT count(*) FROM beads').pluck().get() ?? 0;
  const digest = db
    .prepare<[], string>(
      `SELECT sum(length(notes) + attempts * 7 + landed * 13 + length(assignee) + length("commit")) || '' FROM beads`,
    )
    .pluck()
    .get();
  db.exec('ROLLBACK');
  db.close();
  return { milliseconds, rssMb, rows, digest: digest ?? '' };
}
