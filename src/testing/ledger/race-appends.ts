import { createInterface } from 'node:readline';
import { openLedger } from '../../ledger/open-ledger.ts';
import { beadNoted, convoyOne } from './sample-events.ts';

// For each version on its input, tries to append the event after it, and says how that ended.
const [path = '', name = ''] = process.argv.slice(2);
const ledger = openLedger({ path, clock: () => new Date(), synchronous: 'normal' });
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const result = await ledger.append({
    stream: convoyOne,
    expected: Number(line),
    events: [beadNoted(1, `${name} ${line}`)],
    actor: name,
    cause: 'race',
  });
  const told = result.status === 'conflict' ? `conflict ${result.currentVersion}` : result.status;
  process.stdout.write(`${told}\n`);
}
await ledger.close();
