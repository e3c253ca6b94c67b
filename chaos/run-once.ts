import { webhooksPath } from '../src/adapters/github/open-probot.ts';
import type { RecordedEvent } from '../src/domain/event.ts';
import { findInGit } from './invariants/git.ts';
import { findOnGitHub } from './invariants/github.ts';
import { findInLedger } from './invariants/ledger.ts';
import { findLeftovers } from './invariants/leftovers.ts';
import { findInSpending, type Spending, spendingOf } from './invariants/spend.ts';
import { randomFrom } from './random.ts';
import type { Kills } from './troubles/keep-town.ts';
import {
  type OpenTroubles,
  openTroubles,
  type TroubleCounts,
  troublesFrom,
} from './troubles/open-troubles.ts';
import { type LedgerWatch, openEffects, watchLedger } from './world/ledger-watch.ts';
import { type People, peopleOf } from './world/people.ts';
import { drawTask, type Task } from './world/task.ts';
import { wanderers } from './world/wanderers.ts';
import { openWorld, type World } from './world/world.ts';

export interface RunResult {
  readonly seed: number;
  readonly convoys: number;
  readonly beads: number;
  /** The step that each life of the town was killed at. */
  readonly killedAt: readonly string[];
  readonly troubles: TroubleCounts;
  readonly spending: Spending;
  readonly wallMs: number;
  /** One sentence for each invariant that does not hold; none: the run is good. */
  readonly wrong: readonly string[];
}

export interface RunOptions {
  readonly seed: number;
  /** How often the town is killed, at most; or at which steps. */
  readonly kills: Kills;
  /** A run that has not come to its end by then never will. Milliseconds. */
  readonly longestMs: number;
}

/** What each convoy's stream ends with, in this order or another: the merge, its containers and snapshots gone, its branches gone. */
const clearedUp = ['ConvoyLanded', 'ConvoyCleared', 'BranchesDeleted'] as const;

/** Walks convoys from their labels to their merge while everything around them breaks, then looks from outside at what is there. */
export async function runOnce({ seed, kills, longestMs }: RunOptions): Promise<RunResult> {
  const begun = performance.now();
  const random = randomFrom(seed);
  const tasks = Array.from({ length: random.int(1, 2) }, (_, at) => drawTask(random, at + 1));
  const capUsd = random.chance(50) ? 0.015 : 5;
  const troubles = troublesFrom(random, wanderers(tasks));
  const world = await openWorld({ ...troubles.ofWorld, capUsd });
  const people = peopleOf(world.owner);
  const ledger = watchLedger(world.data, people.event);
  world.forge.sendWebhooksTo(`http://127.0.0.1:${world.port}${webhooksPath}`);
  const open = await openTroubles(troubles, world, kills);
  const wrong = await walk({ world, tasks, people, ledger, open, longestMs });
  ledger.close();
  const spending = spendingOf(world.bills, ledger.seen, tasks.length * capUsd + people.givenUsd());
  wrong.push(
    ...(await findOnGitHub(world, tasks)),
    ...(await findInGit(world, tasks)),
    ...findInLedger(world, tasks, ledger.seen, open.town.lives()),
    ...findInSpending(spending, ledger.seen, capUsd),
    ...(await findLeftovers(world)),
  );
  await world.close(wrong.length > 0);
  if (wrong.length > 0) wrong.push(`what it left is in ${world.folder}`);
  return {
    seed,
    convoys: tasks.length,
    beads: tasks.flatMap(({ beads }) => beads).length,
    killedAt: open.town.killedAt,
    troubles: open.counts(),
    spending,
    wallMs: Math.round(performance.now() - begun),
    wrong,
  };
}

interface Walk {
  readonly world: World;
  readonly tasks: readonly Task[];
  readonly people: People;
  readonly ledger: LedgerWatch;
  readonly open: OpenTroubles;
  readonly longestMs: number;
}

/** From the orders to the end of the last branch; the troubles end with it. */
async function walk({ world, tasks, people, ledger, open, longestMs }: Walk): Promise<string[]> {
  const late = AbortSignal.timeout(longestMs);
  const over = AbortSignal.any([late, open.town.died]);
  const wrong: string[] = [];
  const all = (seen: readonly RecordedEvent[], type: string): boolean =>
    seen.filter((event) => event.type === type).length >= tasks.length;
  try {
    await open.town.ready;
    for (const task of tasks) await people.order(task);
    await ledger.until((seen) => all(seen, 'PullRequestOpened'), over);
    await people.mergeAll();
    await ledger.until((seen) => clearedUp.every((type) => all(seen, type)) && openEffects(seen) === 0, over);
    await people.idle();
    await open.end();
    await world.forge.deliveriesSettled();
  } catch (error) {
    if (!over.aborted) throw error;
    if (late.aborted) wrong.push(`it did not come to its end within ${longestMs / 1000} seconds`);
  } finally {
    await open.end();
    const end = await open.town.stop();
    if (end.code !== 0 || end.said !== '') wrong.push(`the town ended with ${end.code}: ${end.said}`);
  }
  return wrong;
}
