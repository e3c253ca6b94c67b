import { once } from 'node:events';
import { gitLedgerOn } from './git-ledger.ts';
import { beadNoted, convoyOne, countFold } from './sample-events.ts';

// Appends notes of its own to one stream, so many at once, each at whatever the stream is then. Says `ready`, and begins when it
// is told the remote's token.
const [url = '', folder = '', name = '', count = '0', atOnce = '1'] = process.argv.slice(2);
process.stdout.write('ready\n');
const [token] = await once(process.stdin, 'data');
const ledger = await gitLedgerOn({ url, token: String(token).trim() }, folder);
const append = (number: number): Promise<unknown> =>
  ledger.decide({
    stream: convoyOne,
    fold: countFold,
    actor: name,
    cause: 'race',
    key: `${name} ${number}`,
    decide: () => ({ accepted: true, events: [beadNoted(1, `${name} ${number}`)] }),
  });
for (let number = 1; number <= Number(count); number += Number(atOnce)) {
  const last = Math.min(Number(count), number + Number(atOnce) - 1);
  await Promise.all(Array.from({ length: last - number + 1 }, (_, index) => append(number + index)));
}
process.stdout.write(`pushes ${ledger.pushes()}\n`);
await ledger.close();
process.stdin.destroy();
