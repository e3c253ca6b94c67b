import { accept } from '../../../src/domain/event.ts';
import { openLedger } from '../../../src/ledger/open-ledger.ts';
import { openReferenceLoop } from '../reference-loop.ts';
import { convoy, effectIntended, opened, streamCount } from '../sample-event.ts';

export interface AppendRun {
  readonly path: string;
  readonly synchronous: 'full' | 'normal';
  /** Events per command. */
  readonly batch: number;
  /** Commands at once. */
  readonly clients: number;
  readonly seconds: number;
}

/** Seconds that a loop runs before it is measured. */
const warmUp = 0.5;

const fold = {
  name: 'bench',
  version: 1,
  initial: () => ({ effects: 0 }),
  evolve: (state: { effects: number }) => ({ effects: state.effects + 1 }),
};

/** Events per second through the ledger's whole path: decide, check, append with chain and key, read model, outbox. */
export async function appendToLedger({
  path,
  synchronous,
  batch,
  clients,
  seconds,
}: AppendRun): Promise<number> {
  const ledger = openLedger({ path, synchronous, clock: () => new Date(), writer: { name: 'bench' } });
  const by = { actor: 'mayor', cause: crypto.randomUUID() };
  for (let issue = 1; issue <= streamCount; issue += 1) {
    await ledger.append({ stream: convoy(issue), expected: 0, events: [opened(issue)], ...by });
  }
  let commands = 0;
  let appended = 0;
  const decide = () => accept(...Array.from({ length: batch }, effectIntended));
  const client = async (end: number): Promise<void> => {
    while (performance.now() < end) {
      commands += 1;
      const stream = convoy(1 + (commands % streamCount));
      const result = await ledger.decide({ stream, fold, decide, key: `command ${commands}`, ...by });
      appended += result.status === 'appended' ? result.events.length : 0;
    }
  };
  const run = async (length: number): Promise<void> => {
    const end = performance.now() + length * 1_000;
    await Promise.all(Array.from({ length: clients }, () => client(end)));
  };
  await run(warmUp);
  appended = 0;
  const began = performance.now();
  await run(seconds);
  const rate = appended / ((performance.now() - began) / 1_000);
  await ledger.close();
  return rate;
}

/** Events per second of the hand-written loop; one command after the other, since it waits for each. */
export async function appendToReference({ path, synchronous, batch, seconds }: AppendRun): Promise<number> {
  const loop = openReferenceLoop(path, synchronous);
  let commands = 0;
  const run = async (length: number): Promise<void> => {
    const end = performance.now() + length * 1_000;
    while (performance.now() < end) {
      // The checkpoint worker answers between two turns of the event loop.
      if (commands % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
      commands += 1;
      loop.append(convoy(1 + (commands % streamCount)), Array.from({ length: batch }, effectIntended));
    }
  };
  await run(warmUp);
  const before = commands;
  const began = performance.now();
  await run(seconds);
  const rate = ((commands - before) * batch) / ((performance.now() - began) / 1_000);
  await loop.close();
  return rate;
}
