import { join } from 'node:path';
import { CannotRun } from '../faces/cli/cannot-run.ts';
import type { WorkingLedger } from '../ledger/assemble-ledger.ts';
import { LedgerError } from '../ledger/ledger-error.ts';
import { openLedger } from '../ledger/open-ledger.ts';

/** Opens the ledger of a workspace's town, as its one town. Rejects with `CannotRun`. */
export function openTownLedger(folder: string, name: string): WorkingLedger {
  try {
    const ledger = openLedger({ path: join(folder, 'beads.db'), clock: () => new Date(), writer: { name } });
    // A read model that can't be rebuilt leaves the log and the others whole: told, and no reason to stop.
    ledger.ready.catch((error: unknown) =>
      process.emitWarning(`A read model could not be rebuilt: ${String(error)}`),
    );
    return ledger;
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const status = error.fault.kind === 'lease-held' ? 'workspace' : 'ledger';
    throw new CannotRun(status, error.message, { cause: error });
  }
}
