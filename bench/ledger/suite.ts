import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { absolute, median, type Row } from '../row.ts';
import { emmettRate, inOwnProcess, installReferences } from './in-own-process.ts';
import { streamCount } from './sample-event.ts';

const suite = 'ledger';
const repeats = 3;
const seconds = 2;
const million = 1_000_000;
const millionStreams = 10_000;

/** A row whose ratio is the value over the reference. */
const over = (
  name: string,
  unit: string,
  value: number,
  reference: Row['reference'],
  target: number,
  better: Row['better'],
): Row => ({
  suite,
  name,
  value,
  unit,
  reference,
  ratio: value / reference.value,
  target,
  better,
});

/** Every figure of the ledger; runs of one figure and its references follow each other, and the median counts. */
export async function* rows(): AsyncGenerator<Row> {
  await installReferences();
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-bench-ledger-'));
  let files = 0;
  const file = (): string => {
    files += 1;
    return join(folder, `${files}.db`);
  };
  try {
    yield* appendRows(file, { name: '1-normal', synchronous: 'normal', batch: 1, clients: 1 }, 0.5, 8);
    yield* appendRows(file, { name: '64-full', synchronous: 'full', batch: 1, clients: 64 }, 3, 15);
    yield* appendRows(file, { name: '100-normal', synchronous: 'normal', batch: 100, clients: 1 }, 0.35, 5);
    yield* foldRows(file);
    yield* bytesRow(file);
    yield* millionRows(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* appendRows(
  file: () => string,
  run: {
    readonly name: string;
    readonly synchronous: 'full' | 'normal';
    readonly batch: number;
    readonly clients: number;
  },
  targetR: number,
  targetE: number,
): AsyncGenerator<Row> {
  const { name, synchronous, batch, clients } = run;
  const rates = { ledger: [] as number[], r: [] as number[], e: [] as number[] };
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const one = () => ({ path: file(), synchronous, batch, clients, seconds });
    rates.ledger.push(await inOwnProcess('appendToLedger', one()));
    rates.r.push(await inOwnProcess('appendToReference', one()));
    rates.e.push(await emmettRate({ path: file(), synchronous, batch, seconds, streams: streamCount }));
  }
  const value = median(rates.ledger);
  const r = { name: 'hand-written loop', value: median(rates.r) };
  const e = { name: 'Emmett 0.42.4', value: median(rates.e) };
  yield over(`append-${name}/R`, 'events/s', value, r, targetR, 'higher');
  yield over(`append-${name}/E`, 'events/s', value, e, targetE, 'higher');
}

async function* foldRows(file: () => string): AsyncGenerator<Row> {
  const folds = { ledger: [] as number[], bare: [] as number[] };
  const loads = { snapshot: [] as number[], whole: [] as number[] };
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const fold = await inOwnProcess('foldHundred', file());
    folds.ledger.push(fold.ledger);
    folds.bare.push(fold.bare);
    const load = await inOwnProcess('loadTenThousand', file());
    loads.snapshot.push(load.snapshot);
    loads.whole.push(load.whole);
  }
  const bare = { name: 'bare fold', value: median(folds.bare) };
  yield over('fold-100/R', 'us', median(folds.ledger), bare, 1.15, 'lower');
  const times = median(loads.whole) / median(loads.snapshot);
  const without = { name: 'load without its snapshot', value: median(loads.whole) };
  yield {
    suite,
    name: 'load-10000-snapshot',
    value: median(loads.snapshot),
    unit: 'us',
    reference: without,
    ratio: times,
    target: 300,
    better: 'higher',
  };
}

async function* bytesRow(file: () => string): AsyncGenerator<Row> {
  const { ledger, reference } = await inOwnProcess('bytesPerEvent', file(), file());
  const r = { name: 'hand-written tables', value: reference };
  yield over('bytes-per-event/R', 'bytes', ledger, r, 1.45, 'lower');
}

async function* millionRows(file: () => string): AsyncGenerator<Row> {
  const big = file();
  const small = file();
  const reference = file();
  await inOwnProcess('fillConvoys', big, million);
  await inOwnProcess('fillConvoys', small, 1_000);
  await inOwnProcess('fillReference', reference, millionStreams, million);
  const rebuilt = { ledger: [] as number[], hand: [] as number[], rss: [] as number[] };
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const ours = await inOwnProcess('rebuildBoard', big, 'ledger');
    const theirs = await inOwnProcess('rebuildBoard', big, 'by-hand');
    if (ours.digest !== theirs.digest || ours.rows !== theirs.rows) throw new Error('the two boards differ');
    rebuilt.ledger.push(million / (ours.milliseconds / 1_000));
    rebuilt.hand.push(million / (theirs.milliseconds / 1_000));
    rebuilt.rss.push(ours.rssMb);
  }
  const hand = { name: 'hand-written fold', value: median(rebuilt.hand) };
  yield over('rebuild-1m/R', 'events/s', median(rebuilt.ledger), hand, 0.8, 'higher');
  const rss = { name: 'rebuild-1m-rss-mb', value: median(rebuilt.rss), unit: 'MB', target: 200 };
  yield absolute(suite, { ...rss, better: 'lower' });
  const p50 = { small: [] as number[], big: [] as number[] };
  const p999 = { ours: [] as number[], inline: [] as number[] };
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    p50.small.push((await inOwnProcess('ledgerLatency', small, 10, 3_000, null)).p50);
    p50.big.push((await inOwnProcess('ledgerLatency', big, millionStreams, 3_000, null)).p50);
    p999.ours.push((await inOwnProcess('ledgerLatency', big, millionStreams, 10_000, 1_000)).p999);
    p999.inline.push((await inOwnProcess('inlineLatency', reference, millionStreams, 10_000, 1_000)).p999);
  }
  const atThousand = { name: 'p50 at 1,000 events', value: median(p50.small) };
  yield over('p50-growth', 'us', median(p50.big), atThousand, 1.4, 'lower');
  const inline = { name: 'p99.9 with in-line checkpoints', value: median(p999.inline) };
  yield over('p999-checkpoint', 'us', median(p999.ours), inline, 0.1, 'lower');
}
