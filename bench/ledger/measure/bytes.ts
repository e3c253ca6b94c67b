import Sqlite from 'better-sqlite3';
import { openLedger } from '../../../src/ledger/open-ledger.ts';
import { openReferenceLoop } from '../reference-loop.ts';
import { convoy, effectIntended, opened, streamCount } from '../sample-event.ts';

const events = 100_000;
const perCommand = 10;

/** Bytes of the file per event, keys and read models and outbox and all, of the ledger and of R. */
export async function bytesPerEvent(
  ledgerPath: string,
  referencePath: string,
): Promise<{ ledger: number; reference: number }> {
  const ledger = openLedger({ path: ledgerPath, synchronous: 'normal', clock: () => new Date() });
  const by = { actor: 'mayor', cause: crypto.randomUUID() };
  for (let issue = 1; issue <= streamCount; issue += 1) {
    await ledger.append({ stream: convoy(issue), expected: 0, events: [opened(issue)], ...by });
  }
  const before = pages(ledgerPath);
  for (let command = 0; command < events / perCommand; command += 1) {
    const batch = Array.from({ length: perCommand }, effectIntended);
    const stream = convoy(1 + (command % streamCount));
    await ledger.append({ stream, expected: 'must-exist', events: batch, key: `command ${command}`, ...by });
  }
  await ledger.close();
  const loop = openReferenceLoop(referencePath, 'normal');
  for (let command = 0; command < events / perCommand; command += 1) {
    loop.append(convoy(1 + (command % streamCount)), Array.from({ length: perCommand }, effectIntended));
  }
  await loop.close();
  return { ledger: (pages(ledgerPath) - before) / events, reference: pages(referencePath) / events };
}

/** The bytes that a file's pages take, once all of the write-ahead log is in it. */
function pages(path: string): number {
  const db = new Sqlite(path);
  try {
    return (
      Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }))
    );
  } finally {
    db.close();
  }
}
