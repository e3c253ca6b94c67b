import type { Snapshot } from '../../src/town/ports/sandbox.ts';
import type { Row } from '../row.ts';
import { BenchEngine } from './bench-engine.ts';
import { tree5mb } from './made-tree.ts';
import { manyPolecats } from './many-polecats.ts';
import { roundTrip } from './round-trip.ts';
import { snapshots } from './snapshots.ts';
import { coldStart, warmStart } from './starting.ts';
import { takingOut } from './taking-out.ts';

const tell = (what: string): void => console.error(what);

/** All figures of the sandbox on one engine in one run. */
export async function* rows(): AsyncIterable<Row> {
  const engine = await BenchEngine.open();
  try {
    tell('twenty polecats at once');
    yield* manyPolecats(engine);
    tell('tool calls');
    yield* roundTrip(engine);
    tell('warm starts');
    yield* warmStart();
    tell('snapshots of 1 GB (this takes a minute or two)');
    const large: Snapshot[] = [];
    yield* snapshots(engine, (snapshot) => large.push(snapshot));
    const small = await engine.snapshot('small', tree5mb);
    for (const big of large) {
      tell('cold starts');
      yield* coldStart(engine, small, big);
      tell('taking work out');
      yield* takingOut(engine, small, big);
    }
  } finally {
    tell('cleaning up');
    await engine.close();
  }
}
