import { join } from 'node:path';
import { CannotRun } from '../faces/cli/cannot-run.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { openLedger } from '../ledger/open-ledger.ts';
import type { Ledger } from '../ledger/ports/ledger.ts';

/** Opens the ledger of a workspace's town, as its one town. Rejects with `CannotRun`. */
export function openTownLedger(folder: string, name: string): Ledger {
  try {
    return openLedger({
      path: join(folder, 'beads.db'),
      clock: () => new Date(),
      writer: { name },
    });
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const status = error.fault.kind === 'lease-held' ? 'workspace' : 'ledger';
    throw new CannotRun(status, error.message, { cause: error });
  }
}
