import { median, relative } from '../row.ts';
import { type RowGroup, repeats, suite } from './group.ts';
import { emmettRate, inOwnProcess, installReferences } from './in-own-process.ts';
import { streamCount } from './sample-event.ts';

/** How long each loop is measured. */
const seconds = 1.5;

interface AppendFigure {
  readonly name: string;
  readonly synchronous: 'full' | 'normal';
  /** Events per command. */
  readonly batch: number;
  /** Commands at once; the references, which have no group commit, do one after the other. */
  readonly clients: number;
  readonly targetR: number;
  readonly targetE: number;
}

/** Events per second over those of R and of E. */
export function appendRows(figure: AppendFigure): RowGroup {
  const { name, synchronous, batch, clients, targetR, targetE } = figure;
  const overR = `${name}/R`;
  const overE = `${name}/E`;
  return {
    names: [overR, overE],
    async *measure(files, isWanted) {
      const rates = { ledger: [] as number[], r: [] as number[], e: [] as number[] };
      if (isWanted(overE)) await installReferences();
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        const run = { synchronous, batch, seconds };
        const append = (path: string) => ({ ...run, path, clients });
        rates.ledger.push(await inOwnProcess('appendToLedger', append(files.next())));
        if (isWanted(overR)) rates.r.push(await inOwnProcess('appendToReference', append(files.next())));
        if (isWanted(overE)) {
          rates.e.push(await emmettRate({ ...run, path: files.next(), streams: streamCount }));
        }
      }
      const common = { value: median(rates.ledger), unit: 'events/s', better: 'higher' } as const;
      const r = { name: 'the hand-written loop', value: median(rates.r) };
      const e = { name: 'Emmett 0.42.4', value: median(rates.e) };
      if (isWanted(overR)) yield relative(suite, { name: overR, ...common, reference: r, target: targetR });
      if (isWanted(overE)) yield relative(suite, { name: overE, ...common, reference: e, target: targetE });
    },
  };
}
