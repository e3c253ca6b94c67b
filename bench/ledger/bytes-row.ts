import { relative } from '../row.ts';
import { type RowGroup, suite } from './group.ts';
import { inOwnProcess } from './in-own-process.ts';

/** How much of the disk an event takes; the same in every run. */
export const bytesRow: RowGroup = {
  names: ['bytes-per-event/R'],
  async *measure(files) {
    const bytes = await inOwnProcess('bytesPerEvent', files.next(), files.next());
    yield relative(suite, {
      name: 'bytes-per-event/R',
      value: bytes.ledger,
      unit: 'bytes',
      reference: { name: 'the hand-written tables', value: bytes.reference },
      target: 1.45,
      better: 'lower',
    });
  },
};
