import { LedgerError } from '../../ledger/ledger-error.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { beadNoted, convoyOne } from './sample-events.ts';

// Appends to the ledger given as argument, two events at a time, and says after which event the append failed and how.
const [path = '', most = '100000'] = process.argv.slice(2);
let acknowledged = 0;
try {
  const ledger = openLedger({ path, clock: () => new Date() });
  while (acknowledged < Number(most)) {
    const result = await ledger.append({
      stream: convoyOne,
      expected: acknowledged,
      events: [beadNoted(1, 'x'.repeat(3_000)), beadNoted(1, 'y'.repeat(3_000))],
      actor: 'test',
      cause: 'test',
    });
    if (result.status !== 'appended') throw new Error(result.status);
    acknowledged += 2;
  }
  await ledger.close();
  process.stdout.write(`${JSON.stringify({ acknowledged })}\n`);
} catch (error) {
  if (!(error instanceof LedgerError)) throw error;
  process.stdout.write(`${JSON.stringify({ acknowledged, fault: error.fault })}\n`);
  // What is open is left to the operating system: nothing more can be written.
  process.exit(0);
}
