import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type LedgerWatch, ledgerFile, openEffects, watchLedger } from '../../chaos/world/ledger-watch.ts';
import { startTown, type TownProcess } from '../../chaos/world/town-process.ts';
import { rig, type World } from '../../chaos/world/world.ts';
import { webhooksPath } from '../../src/adapters/github/open-probot.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { ledgerKey } from '../../src/testing/actions/actions-of.ts';
import { countingProxy, type Seen } from './counting-proxy.ts';
import type { MeasuredWorld } from './measured-world.ts';
import { peakMemoryMiB, processorSeconds } from './process-cost.ts';
import { longestWalk, quietMs, type Walk } from './walk.ts';

/** The first page of what GitHub could not deliver: what every pass begins with. */
const isPass = ({ path }: Seen): boolean =>
  path.startsWith('/api/v3/app/hook/deliveries') && !path.includes('cursor=');

/** Walks a convoy with `gastown serve` as a process of its own, at the pace that it keeps on GitHub. */
export async function walkWithTown({ world, app }: MeasuredWorld, looks: boolean): Promise<Walk> {
  const ledger = watchLedger(world.data, () => undefined);
  const door = await countingProxy(`http://127.0.0.1:${world.port}`);
  const listening = Promise.withResolvers<void>();
  const town = startTown({ ...world, env: throughProxy(world, app.root) }, () => listening.resolve());
  try {
    await Promise.race([listening.promise, town.ended]);
    world.forge.sendWebhooksTo(`${door.root}${webhooksPath}`);
    await order(world, ledger);
    const before = app.seen().length;
    const look = looks ? await passOver(app) : [];
    const rest = looks ? { seen: app.seen().slice(before), look } : null;
    await merge(world, ledger);
    const costs = costsOf(town);
    const events = ledger.seen.length;
    await stop(town);
    const ledgerBytes = (await stat(ledgerFile(world.data))).size - (await emptyLedgerBytes(world.folder));
    return { rest, town: { webhooks: door.seen().length, events, ledgerBytes, ...costs } };
  } finally {
    await stop(town);
    ledger.close();
    await door.close();
  }
}

/** Of its tables alone, which no convoy adds. */
async function emptyLedgerBytes(folder: string): Promise<number> {
  const path = join(folder, 'empty', 'beads.db');
  await openLedger({ path, clock: () => new Date() }).close();
  return (await stat(path)).size;
}

function throughProxy(world: World, root: string): NodeJS.ProcessEnv {
  return {
    ...world.env,
    GITHUB_API_URL: `${root}/api/v3`,
    GITHUB_SERVER_URL: root,
    GASTOWN_PACE: 'github',
    GASTOWN_LEDGER_KEY: ledgerKey,
    // Replies take their time, and what is told costs what it costs elsewhere.
    GASTOWN_STALLED_AFTER: '60',
    GASTOWN_LOG_LEVEL: 'info',
  };
}

/** Opens a convoy; resolves when its pull request is open and all that was to be written is. */
async function order({ owner }: World, ledger: LedgerWatch): Promise<void> {
  await owner.rest.issues.create({ ...rig, title: 'Build a wall', labels: ['convoy'] });
  await ledger.until(
    (events) => events.some(({ type }) => type === 'PullRequestOpened') && openEffects(events) === 0,
    AbortSignal.timeout(longestWalk),
  );
}

/** The requests of one pass of the clock, the second one: the first reads what the next finds unchanged. */
async function passOver(app: MeasuredWorld['app']): Promise<readonly Seen[]> {
  const passes = app.seen().filter(isPass).length;
  await app.until(isPass, passes + 1);
  await wait(quietMs);
  const from = app.seen().length;
  await app.until(isPass, passes + 2);
  await wait(quietMs);
  return app.seen().slice(from);
}

async function merge({ owner }: World, ledger: LedgerWatch): Promise<void> {
  const { data: pulls } = await owner.rest.pulls.list({ ...rig, state: 'open' });
  for (const { number } of pulls) await owner.rest.pulls.merge({ ...rig, pull_number: number });
  await ledger.until(
    (events) =>
      ['ConvoyLanded', 'ConvoyCleared', 'BranchesDeleted'].every((type) =>
        events.some((one) => one.type === type),
      ) && openEffects(events) === 0,
    AbortSignal.timeout(longestWalk),
  );
}

function costsOf({ pid }: TownProcess): { townProcessorSeconds: number; peakMemoryMiB: number } {
  if (pid === undefined) throw new Error('the town did not start');
  const { own, children } = processorSeconds(pid);
  return { townProcessorSeconds: own + children, peakMemoryMiB: peakMemoryMiB(pid) };
}

async function stop(town: TownProcess): Promise<void> {
  town.stop();
  const { code, said } = await town.ended;
  if (code !== 0) throw new Error(`the town ended with ${code}: ${said}`);
}
