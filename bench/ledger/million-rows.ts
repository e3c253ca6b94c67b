import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { absolute, median, relative } from '../row.ts';
import { type Files, type RowGroup, repeats, suite } from './group.ts';
import { inOwnProcess } from './in-own-process.ts';

const million = 1_000_000;
const millionStreams = 10_000;
const thousandStreams = 10;
/** Appends of a run: as fast as they go, and paced. */
const samples = 3_000;
const pacedSamples = 5_000;
const perSecond = 1_000;

/** A ledger of a million events, made once in a run. */
async function millionEvents(files: Files): Promise<string> {
  const path = files.named('million.db');
  if (!existsSync(path)) await inOwnProcess('fillConvoys', path, million);
  return path;
}

/** The bead board made anew from a million events. */
export const rebuildRows: RowGroup = {
  names: ['rebuild-1m/R', 'rebuild-1m-rss-mb'],
  async *measure(files) {
    const path = await millionEvents(files);
    const rebuilt = { ledger: [] as number[], hand: [] as number[], rss: [] as number[] };
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const ours = await inOwnProcess('rebuildBoard', path, 'ledger');
      const theirs = await inOwnProcess('rebuildBoard', path, 'by-hand');
      if (ours.digest !== theirs.digest || ours.rows !== theirs.rows)
        throw new Error('the two boards differ');
      rebuilt.ledger.push(million / (ours.milliseconds / 1_000));
      rebuilt.hand.push(million / (theirs.milliseconds / 1_000));
      rebuilt.rss.push(ours.rssMb);
    }
    yield relative(suite, {
      name: 'rebuild-1m/R',
      value: median(rebuilt.ledger),
      unit: 'events/s',
      reference: { name: 'the hand-written fold', value: median(rebuilt.hand) },
      target: 0.8,
      better: 'higher',
    });
    yield absolute(suite, {
      name: 'rebuild-1m-rss-mb',
      value: median(rebuilt.rss),
      unit: 'MB',
      target: 200,
      better: 'lower',
    });
  },
};

/** What an append takes in a long log. */
export const latencyRows: RowGroup = {
  names: ['p50-growth', 'p999-checkpoint'],
  async *measure(files, isWanted) {
    const big = await millionEvents(files);
    if (isWanted('p50-growth')) yield await p50Growth(files, big);
    if (isWanted('p999-checkpoint')) yield await p999Checkpoint(files, big);
  },
};

async function p50Growth(files: Files, big: string) {
  const thousand = files.next();
  await inOwnProcess('fillConvoys', thousand, 1_000);
  const p50 = { small: [] as number[], big: [] as number[] };
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    // Each run lengthens the log, which for the short one is much.
    const small = files.next();
    await copyFile(thousand, small);
    p50.small.push((await inOwnProcess('ledgerLatency', small, thousandStreams, samples, null)).p50);
    p50.big.push((await inOwnProcess('ledgerLatency', big, millionStreams, samples, null)).p50);
  }
  return relative(suite, {
    name: 'p50-growth',
    value: median(p50.big),
    unit: 'us',
    reference: { name: 'the median at 1,000 events', value: median(p50.small) },
    target: 1.4,
    better: 'lower',
  });
}

async function p999Checkpoint(files: Files, big: string) {
  const reference = files.next();
  await inOwnProcess('fillReference', reference, millionStreams, million);
  const p999 = { ours: [] as number[], inline: [] as number[] };
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const run = [millionStreams, pacedSamples, perSecond] as const;
    p999.ours.push((await inOwnProcess('ledgerLatency', big, ...run)).p999);
    p999.inline.push((await inOwnProcess('inlineLatency', reference, ...run)).p999);
  }
  return relative(suite, {
    name: 'p999-checkpoint',
    value: median(p999.ours),
    unit: 'us',
    reference: {
      name: `the hand-written loop with in-line checkpoints, both on ${files.fileSystem}`,
      value: median(p999.inline),
    },
    target: 0.1,
    better: 'lower',
  });
}
