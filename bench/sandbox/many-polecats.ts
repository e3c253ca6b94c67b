import { absolute, type Row } from '../row.ts';
import type { BenchEngine } from './bench-engine.ts';
import { tree5mb } from './made-tree.ts';

const polecats = 20;

const residentMb = (): number => {
  global.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
};

/** Twenty at once: each starts, edits, runs and has its work taken out; what the town's own process grows by. */
export async function* manyPolecats(engine: BenchEngine): AsyncIterable<Row> {
  const snapshot = await engine.snapshot('many', tree5mb);
  const before = residentMb();
  let most = before;
  await Promise.all(
    Array.from({ length: polecats }, async (_, number) => {
      const sandbox = await engine.start(snapshot);
      for (let call = 0; call < 10; call += 1) {
        await sandbox.writeFile(`work${number}/${call}`, Buffer.alloc(2000, `${call}`));
        await sandbox.exec('ls -R | wc -l', { timeoutMs: 60_000 });
        most = Math.max(most, residentMb());
      }
      const { changes } = await sandbox.takeOut();
      if (changes.length !== 10) throw new Error(`${changes.length} changes instead of 10`);
    }),
  );
  yield absolute('sandbox', {
    name: 'polecat-rss-mb',
    value: (most - before) / polecats,
    unit: 'MB',
    target: 10,
    better: 'lower',
  });
}
