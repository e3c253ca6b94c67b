import { openLedger } from '../../ledger/open-ledger.ts';
import { openReader } from '../../ledger/open-reader.ts';
import { verifyLedger } from '../../ledger/queries/verify-ledger.ts';
import { beadNoted, convoyOne } from './sample-events.ts';

// Appends one event to the ledger given as argument, and says how many there were before and are now.
const [path = ''] = process.argv.slice(2);
const ledger = openLedger({ path, clock: () => new Date() });
const before = ledger.read(convoyOne).length;
const by = { actor: 'test', cause: 'test' };
await ledger.append({ stream: convoyOne, expected: before, events: [beadNoted(1, 'on')], ...by });
await ledger.close();
const reader = openReader(path);
const { events, fault } = verifyLedger(reader);
reader.close();
process.stdout.write(`${JSON.stringify({ before, after: events, fault })}\n`);
