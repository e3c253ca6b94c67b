import type { Snapshot } from '../../src/town/ports/sandbox.ts';
import { absolute, median, type Row, relative, timed, timesAsFast } from '../row.ts';
import type { BenchEngine } from './bench-engine.ts';
import { pathOfFile } from './made-tree.ts';

const repeats = 5;

interface Times {
  readonly ours: number[];
  readonly changes: number[];
  readonly find: number[];
}

/** Three files changed, one added, removed and edited, taken out by us, by the engine's own comparison, and by a bare find. */
async function times(engine: BenchEngine, snapshot: Snapshot): Promise<Times> {
  const sandbox = await engine.start(snapshot);
  const edit = `echo more >>${pathOfFile(1)}; echo new >folder2/new; rm ${pathOfFile(3)}`;
  await sandbox.exec(edit, { timeoutMs: 10_000 });
  const taken = await sandbox.takeOut();
  if (taken.changes.length !== 3) throw new Error(`${taken.changes.length} changes instead of 3`);
  const found: Times = { ours: [], changes: [], find: [] };
  for (let i = 0; i < repeats; i += 1) {
    found.ours.push(await timed(() => sandbox.takeOut()));
    found.changes.push(await timed(() => engine.docker.getContainer(sandbox.id).changes()));
    found.find.push(await timed(() => sandbox.exec('find . >/dev/null', { timeoutMs: 60_000 })));
  }
  return found;
}

export async function* takingOut(engine: BenchEngine, small: Snapshot, large: Snapshot): AsyncIterable<Row> {
  const big = await times(engine, large);
  yield timesAsFast('sandbox', {
    name: 'take-out/changes',
    value: median(big.ours),
    unit: 'ms',
    target: 8,
    reference: { name: "the engine's changes on 1 GB", value: median(big.changes) },
  });
  yield relative('sandbox', {
    name: 'take-out/find',
    value: median(big.ours),
    unit: 'ms',
    target: 1,
    better: 'lower',
    reference: { name: '1.5 plain finds and 100 ms', value: 1.5 * median(big.find) + 100 },
  });
  yield absolute('sandbox', {
    name: 'take-out-5mb-ms',
    value: median((await times(engine, small)).ours),
    unit: 'ms',
    target: 60,
    better: 'lower',
  });
}
