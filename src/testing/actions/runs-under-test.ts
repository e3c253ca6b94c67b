import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createGitStores } from '../../adapters/git/create-git-stores.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { NewEvent, StreamId } from '../../domain/event.ts';
import type { OrderParts } from '../../domain/run/order.ts';
import { newUuidV7 } from '../../ledger/log/uuid.ts';
import { openLedger } from '../../ledger/open-ledger.ts';
import { openRigRunRefs } from '../../ledger/run-refs/open-rig-run-refs.ts';
import { openRunLedger, type RunLedger } from '../../ledger/run-refs/open-run-ledger.ts';
import type { BeadRuns } from '../../town/ports/bead-runs.ts';
import type { Town } from '../../town/town.ts';
import { created, opened, settings, slung } from '../convoy/convoy-events.ts';
import { temporaryFolder } from '../git/temporary-folder.ts';
import { memoryRefs } from '../ledger/memory-refs.ts';
import { localSandboxes } from '../sandbox/local-sandboxes.ts';
import { sharedParts } from '../town-under-test/shared-parts.ts';

export const stream: StreamId = 'convoy/7/12';
export const order: OrderParts = { issue: 12, bead: 1, attempt: 1, turn: 1 };

/** An App's town and the runs that it orders, each on a ledger of its own, with nothing between them but refs. */
export interface RunsUnderTest {
  readonly town: Town;
  readonly refs: ReadonlyMap<string, string>;
  /** How often the town asked where the refs stand. */
  looks(): number;
  convoy(): Convoy;
  append(actor: string, ...events: readonly NewEvent[]): Promise<void>;
  run(order: OrderParts): RunLedger;
  /** Moves the town's clock on. */
  later(ms: number): void;
}

const everyMs = 5;

export async function runsUnderTest(
  runs: BeadRuns,
  change: Partial<typeof settings> = {},
): Promise<RunsUnderTest> {
  const folder = await temporaryFolder();
  let ahead = 0;
  let looks = 0;
  const clock = (): Date => new Date(Date.now() + ahead);
  const ledger = openLedger({ path: join(folder, 'town.db'), clock });
  const { refs, store } = memoryRefs();
  const rig = openRigRunRefs({ refs: store, ledger, seal: null });
  const town: Town = {
    ...sharedParts({ baseUrl: 'http://127.0.0.1:1' }, clock),
    ledger,
    roles: new Map(),
    hubs: { open: () => Promise.reject(new Error('GitHub is not asked here')), hooks: null },
    settingsFor: async () => ({ status: 'ok', settings }),
    runner: 'app',
    sandboxes: localSandboxes(join(folder, 'sandboxes')),
    git: createGitStores({ folder: join(folder, 'rigs'), now: Date.now }),
    runs,
    runRefs: {
      everyMs,
      open: async () => {
        looks += 1;
        return rig;
      },
    },
    onProgress: () => undefined,
  };
  const append = async (actor: string, ...events: readonly NewEvent[]): Promise<void> => {
    const expected = ledger.load(stream, convoyFold).version;
    await ledger.append({ stream, expected, events, actor, cause: 'test' });
  };
  await append(
    'town',
    opened({ settings: { ...settings, runner: 'actions', ...change } }),
    created(1),
    slung(1),
  );
  const open: RunLedger[] = [];
  onTestFinished(async () => {
    for (const one of open) await one.close().catch(() => undefined);
    await ledger.close();
  });
  return {
    town,
    refs,
    looks: () => looks,
    convoy: () => {
      const { state } = ledger.load(stream, convoyFold);
      if (state === null) throw new Error('There is no convoy.');
      return state;
    },
    append,
    run(of) {
      const path = join(folder, `run-${randomUUID()}.db`);
      const run = openRunLedger({
        inner: openLedger({ path, clock }),
        refs: store,
        order: of,
        convoy: stream,
        clock,
        newId: () => newUuidV7(clock),
        seal: 'plain',
        secrets: [],
        pace: { askedMs: everyMs, idleMs: everyMs, soonMs: 1, longestMs: 60_000 },
        onTrouble: () => undefined,
      });
      open.push(run);
      return run;
    },
    later: (ms) => {
      ahead += ms;
    },
  };
}
