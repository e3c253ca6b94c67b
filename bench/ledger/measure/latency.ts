import { openLedger } from '../../../src/ledger/open-ledger.ts';
import { openReferenceLoop, type ReferenceLoop } from '../reference-loop.ts';
import { convoy, effectIntended } from '../sample-event.ts';

export interface Latency {
  readonly p50: number;
  readonly p999: number;
}

const anyOf = (streams: number): number => 1 + Math.floor(Math.random() * streams);

/**
 * Microseconds per append of one event to a random one of `streams` streams, one after the other or `perSecond` of them in a
 * second. Each stream is appended to once before, so that a process which has run for a while is measured.
 */
export async function ledgerLatency(
  path: string,
  streams: number,
  samples: number,
  perSecond: number | null,
): Promise<Latency> {
  const ledger = openLedger({
    path,
    synchronous: 'normal',
    clock: () => new Date(),
    writer: { name: 'bench' },
  });
  await ledger.ready;
  let number = 0;
  const run = crypto.randomUUID();
  const by = { actor: 'mayor', cause: 'bench' };
  const append = async (issue: number): Promise<void> => {
    number += 1;
    const key = `${run} ${number}`;
    const stream = convoy(issue);
    await ledger.append({ stream, expected: 'must-exist', events: [effectIntended()], key, ...by });
  };
  for (let issue = 1; issue <= streams; issue += 1) await append(issue);
  const latency = await measure(() => append(anyOf(streams)), samples, perSecond);
  await ledger.close();
  return latency;
}

/** The same for R with SQLite's own checkpoints, on the thread that writes. */
export async function inlineLatency(
  path: string,
  streams: number,
  samples: number,
  perSecond: number | null,
): Promise<Latency> {
  const loop = openReferenceLoop(path, 'normal', true);
  const append = async (issue: number): Promise<void> => loop.append(convoy(issue), [effectIntended()]);
  for (let issue = 1; issue <= streams; issue += 1) await append(issue);
  const latency = await measure(() => append(anyOf(streams)), samples, perSecond);
  await loop.close();
  return latency;
}

/** Fills R's file with as many events as the ledger has. */
export async function fillReference(path: string, streams: number, events: number): Promise<void> {
  const loop: ReferenceLoop = openReferenceLoop(path, 'normal');
  for (let at = 0; at < events; at += 50) {
    if (at % 5_000 === 0) await new Promise((resolve) => setImmediate(resolve));
    loop.append(convoy(1 + ((at / 50) % streams)), Array.from({ length: 50 }, effectIntended));
  }
  await loop.close();
}

const never = new Int32Array(new SharedArrayBuffer(4));

/** Asleep, so that waiting makes no garbage which the appends would pay for; what has come in meanwhile has its turn. */
async function waitUntil(due: number): Promise<void> {
  const left = due - performance.now();
  if (left > 0) Atomics.wait(never, 0, 0, left);
  await new Promise((resolve) => setImmediate(resolve));
}

async function measure(
  append: () => Promise<void>,
  samples: number,
  perSecond: number | null,
): Promise<Latency> {
  for (let turn = 0; turn < 500; turn += 1) await append();
  const took: number[] = [];
  const began = performance.now();
  for (let turn = 0; turn < samples; turn += 1) {
    // A paced append is timed from the moment at which it was due, so that a stall counts for all that it held up.
    const due = perSecond === null ? performance.now() : began + (turn * 1_000) / perSecond;
    if (perSecond !== null) await waitUntil(due);
    await append();
    took.push((performance.now() - due) * 1_000);
  }
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { p50: at(0.5), p999: at(0.999) };
}
