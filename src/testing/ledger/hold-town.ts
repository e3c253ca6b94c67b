import { openLedger } from '../../ledger/open-ledger.ts';

// Runs a town on the ledger given as argument until its input ends, and says so.
const [path = '', name = ''] = process.argv.slice(2);
const ledger = openLedger({ path, clock: () => new Date(), writer: { name } });
process.stdout.write('town is up\n');
for await (const _ of process.stdin);
await ledger.close();
