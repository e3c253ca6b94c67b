import { openReader } from '../../ledger/open-reader.ts';
import { verifyLedger } from '../../ledger/queries/verify-ledger.ts';

// Reads and verifies the ledger given as argument, and says how many events it has.
const [path = ''] = process.argv.slice(2);
const reader = openReader(path);
const { events, fault } = verifyLedger(reader);
reader.close();
process.stdout.write(`${JSON.stringify({ events, fault })}\n`);
