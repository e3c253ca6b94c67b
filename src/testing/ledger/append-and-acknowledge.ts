import { once } from 'node:events';
import { accept } from '../../domain/event.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { beadCreated, beadNoted, convoyOne, countFold, provenance } from './sample-events.ts';

// Waits for a line, then is a town that appends three events at a time, eight appends at once, and says which keys it has
// acknowledged, for ever.
const [path = '', life = ''] = process.argv.slice(2);
await once(process.stdin, 'data');
const ledger = openLedger({ path, clock: () => new Date(), writer: { name: life } });
process.stdout.write('up\n');
const work = async (lane: number): Promise<void> => {
  for (let turn = 0; ; turn += 1) {
    const key = `${life}/${lane}/${turn}`;
    const events = [beadCreated(lane + 1), beadNoted(lane + 1, key), beadNoted(lane + 1, `${key} again`)];
    const decide = () => accept(...events);
    const result = await ledger.decide({ stream: convoyOne, fold: countFold, decide, ...provenance, key });
    if (result.status !== 'appended') throw new Error(result.status);
    process.stdout.write(`${key} ${result.events[0]?.position}\n`);
  }
};
await Promise.all(Array.from({ length: 8 }, (_, lane) => work(lane)));
