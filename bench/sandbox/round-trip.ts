import { absolute, median, type Row, timed, timesAsFast } from '../row.ts';
import type { BenchEngine } from './bench-engine.ts';
import { tree5mb } from './made-tree.ts';

const repeats = 40;

/** What a tool call costs through a lane, against a `docker exec` on the same container, interleaved. */
export async function* roundTrip(engine: BenchEngine): AsyncIterable<Row> {
  const sandbox = await engine.start(await engine.snapshot('round-trip', tree5mb));
  await sandbox.writeFile('two-kilobytes', Buffer.alloc(2048, 'x'));
  const read = () => sandbox.readFile('two-kilobytes', { maxBytes: 100_000 });
  const nothing = () => sandbox.exec('true', { timeoutMs: 10_000 });
  await read();
  const times: { read: number[]; execRead: number[]; nothing: number[]; execNothing: number[] } = {
    read: [],
    execRead: [],
    nothing: [],
    execNothing: [],
  };
  for (let i = 0; i < repeats; i += 1) {
    times.read.push(await timed(read));
    times.nothing.push(await timed(nothing));
    if (i % 4 !== 0) continue;
    times.execRead.push(await timed(() => engine.exec(sandbox.id, ['cat', 'two-kilobytes'])));
    times.execNothing.push(await timed(() => engine.exec(sandbox.id, ['sh', '-c', 'true'])));
  }
  const exec = 'a docker exec';
  yield timesAsFast('sandbox', {
    name: 'read-file/exec',
    value: median(times.read),
    unit: 'ms',
    target: 20,
    reference: { name: exec, value: median(times.execRead) },
  });
  yield timesAsFast('sandbox', {
    name: 'shell-true/exec',
    value: median(times.nothing),
    unit: 'ms',
    target: 20,
    reference: { name: exec, value: median(times.execNothing) },
  });
  yield absolute('sandbox', {
    name: 'read-file-ms',
    value: median(times.read),
    unit: 'ms',
    target: 5,
    better: 'lower',
  });
}
