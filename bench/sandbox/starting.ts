import type { Snapshot } from '../../src/town/ports/sandbox.ts';
import { absolute, median, type Row, relative, timed } from '../row.ts';
import { BenchEngine } from './bench-engine.ts';
import { tree5mb } from './made-tree.ts';

const repeats = 10;

/** From asking for a sandbox to the answer of its first tool call. */
const firstCall = (engine: BenchEngine, snapshot: Snapshot): Promise<number> =>
  timed(async () => {
    const sandbox = await engine.start(snapshot);
    await sandbox.exec('true', { timeoutMs: 10_000 });
  });

async function removeAll(engine: BenchEngine): Promise<void> {
  const filters = { label: [`gas-town.convoy=${engine.convoy}`] };
  for (const { Id } of await engine.docker.listContainers({ filters })) {
    await engine.docker.getContainer(Id).remove({ force: true, v: true });
  }
}

/** Cold starts on a small and a large repository, against the engine's own create and start. */
export async function* coldStart(engine: BenchEngine, small: Snapshot, large: Snapshot): AsyncIterable<Row> {
  const times: { cold: number[]; bare: number[]; large: number[] } = { cold: [], bare: [], large: [] };
  for (let i = 0; i < repeats; i += 1) {
    times.bare.push(await timed(() => engine.bare(small.imageId)));
    // Whoever comes second finds the engine still busy with the first: so each is second half of the time.
    if (i % 2 === 0) times.cold.push(await firstCall(engine, small));
    times.large.push(await firstCall(engine, large));
    if (i % 2 === 1) times.cold.push(await firstCall(engine, small));
    await removeAll(engine);
  }
  yield relative('sandbox', {
    name: 'cold-start/engine',
    value: median(times.cold),
    unit: 'ms',
    target: 1.3,
    better: 'lower',
    reference: { name: 'docker create and start', value: median(times.bare) },
  });
  yield relative('sandbox', {
    name: 'start-1gb/5mb',
    value: median(times.large),
    unit: 'ms',
    target: 1.1,
    better: 'lower',
    reference: { name: 'start on 5 MB', value: median(times.cold) },
  });
}

export async function* warmStart(): AsyncIterable<Row> {
  const engine = await BenchEngine.open(1);
  try {
    const snapshot = await engine.snapshot('warm', tree5mb);
    await firstCall(engine, snapshot);
    const warm: number[] = [];
    for (let i = 0; i < repeats; i += 1) {
      await engine.sandboxes.settled();
      warm.push(await firstCall(engine, snapshot));
    }
    yield absolute('sandbox', {
      name: 'warm-start-ms',
      value: median(warm),
      unit: 'ms',
      target: 50,
      better: 'lower',
    });
  } finally {
    await engine.close();
  }
}
