import { startForge } from '../../src/forge/index.ts';
import { absolute, median, type Row, timed } from '../row.ts';

/** From the call to a forge that listens, in memory, its modules loaded. The App's key is made in it. */
export async function starting(): Promise<Row> {
  const times: number[] = [];
  for (let run = 0; run < 9; run += 1) {
    let close: () => Promise<void> = async () => {};
    times.push(
      await timed(async () => {
        const forge = await startForge({});
        close = () => forge.close();
      }),
    );
    await close();
  }
  return absolute('forge', {
    name: 'ready-ms',
    value: median(times),
    unit: 'ms',
    target: 150,
    better: 'lower',
  });
}
