import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeMachine } from '../../bench/describe-machine.ts';
import { appendToLedger } from '../../bench/ledger/measure/append.ts';
import { type Costs, costsFile, type Way, type WayCosts, ways } from '../costs/costs.ts';
import { measureConvoy } from './measure-convoy.ts';

/** Beads of the two convoys from which the cost of any other is worked out. */
const sizes = { small: 2, large: 6 };

/**
 * Measures what convoys cost, each way of running a town by two convoys of different size on the embedded GitHub, and
 * writes `measured.json`. The ways go side by side: most of the half hour is waiting.
 */
export async function measure(tell: (line: string) => void): Promise<void> {
  const measured = await Promise.all(ways.map(async (way) => [way, await measureWay(way, tell)] as const));
  tell('appending to a ledger');
  const costs: Costs = {
    measured: {
      on: new Date().toISOString().slice(0, 10),
      machine: [...(await describeMachine())],
      how: '`npm run simulate -- --measure`: whole convoys on the embedded GitHub, from the label to the last write after the merge, with scripted models, real containers, real git and the pauses of github.com; counted by proxies between the town, its jobs and GitHub',
    },
    appendsPerSecond: await appendRate(),
    ways: Object.fromEntries(measured) as Record<Way, WayCosts>,
  };
  await writeFile(costsFile, `${JSON.stringify(costs, null, 2)}\n`);
}

async function measureWay(way: Way, tell: (line: string) => void): Promise<WayCosts> {
  const small = await measureConvoy(way, sizes.small, false);
  tell(`${way}: a convoy of ${sizes.small} beads is through`);
  const large = await measureConvoy(way, sizes.large, true);
  tell(`${way}: a convoy of ${sizes.large} beads is through`);
  if (large.look === null) throw new Error('no look at the open pull request was seen');
  return { small: small.cost, large: large.cost, look: large.look };
}

async function appendRate(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'gas-town-simulate-'));
  try {
    const run = { synchronous: 'full', batch: 1, clients: 16, seconds: 3 } as const;
    return Math.round(await appendToLedger({ ...run, path: join(folder, 'ledger.db') }));
  } finally {
    await rm(folder, { recursive: true });
  }
}
