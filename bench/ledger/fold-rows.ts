import { median, relative, timesAsFast } from '../row.ts';
import { type RowGroup, repeats, suite } from './group.ts';
import { inOwnProcess } from './in-own-process.ts';

/** The fold of a stream of 100 events, each upcast, over the bare fold. */
export const foldRow: RowGroup = {
  names: ['fold-100/R'],
  async *measure(files) {
    const folds = { ledger: [] as number[], bare: [] as number[] };
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const fold = await inOwnProcess('foldHundred', files.next());
      folds.ledger.push(fold.ledger);
      folds.bare.push(fold.bare);
    }
    yield relative(suite, {
      name: 'fold-100/R',
      value: median(folds.ledger),
      unit: 'us',
      reference: { name: 'the bare fold', value: median(folds.bare) },
      target: 1.15,
      better: 'lower',
    });
  },
};

/** How many times as fast a stream of 10,000 events is loaded with its snapshot. */
export const snapshotRow: RowGroup = {
  names: ['load-10000-snapshot'],
  async *measure(files) {
    const loads = { snapshot: [] as number[], whole: [] as number[] };
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const load = await inOwnProcess('loadTenThousand', files.next());
      loads.snapshot.push(load.snapshot);
      loads.whole.push(load.whole);
    }
    yield timesAsFast(suite, {
      name: 'load-10000-snapshot',
      value: median(loads.snapshot),
      unit: 'us',
      reference: { name: 'the load without its snapshot', value: median(loads.whole) },
      target: 300,
    });
  },
};
