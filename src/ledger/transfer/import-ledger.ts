import { maintainLedger } from '../maintenance/maintain-ledger.ts';
import { rebuildNow } from '../projections/rebuild-now.ts';
import { type Imported, importLines } from './import-lines.ts';

/**
 * Imports an export into a ledger, which is made if there is none, and makes its read models from it; all of it or
 * nothing. Refused while a town is alive.
 */
export function importLedger(path: string, lines: Iterable<string>, now: () => Date): Imported {
  return maintainLedger(path, now, (db) => {
    const imported = importLines(db, lines);
    rebuildNow(db);
    return imported;
  });
}
