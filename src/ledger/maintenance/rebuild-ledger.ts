import { existsSync } from 'node:fs';
import { LedgerError } from '../ledger-error.ts';
import { rebuildNow } from '../projections/rebuild-now.ts';
import { maintainLedger } from './maintain-ledger.ts';

/** Makes every read model anew from the log, at once; gives their names. Refused while a town is alive. */
export function rebuildLedger(path: string, now: () => Date): readonly string[] {
  if (!existsSync(path)) throw new LedgerError({ kind: 'missing-file', path });
  return maintainLedger(path, now, rebuildNow);
}
