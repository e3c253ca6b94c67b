import { webhooksPath } from '../src/adapters/github/open-probot.ts';
import { findInGit } from './invariants/git.ts';
import { findOnGitHub } from './invariants/github.ts';
import { findInLedger } from './invariants/ledger.ts';
import { findLeftovers } from './invariants/leftovers.ts';
import { randomFrom } from './random.ts';
import { gitHubFaults } from './troubles/github-faults.ts';
import { keepTown } from './troubles/keep-town.ts';
import { killContainers } from './troubles/kill-containers.ts';
import { modelFaults } from './troubles/model-faults.ts';
import { openEffects, untilLedger } from './world/ledger-watch.ts';
import { drawTask } from './world/task.ts';
import { openWorld, rig, type World } from './world/world.ts';

export interface RunResult {
  readonly seed: number;
  readonly convoys: number;
  readonly beads: number;
  readonly townKills: number;
  readonly containerKills: number;
  readonly wallMs: number;
  /** One sentence for each invariant that does not hold; none: the run is good. */
  readonly wrong: readonly string[];
}

/** A run that has not come to its end by then never will. Milliseconds. */
const longestRun = 225_000;

/** What each convoy's stream ends with, in this order or another: the merge, its containers and snapshots gone, its branches gone. */
const clearedUp = ['ConvoyLanded', 'ConvoyCleared', 'BranchesDeleted'] as const;

/** Walks convoys from their labels to their merge while everything around them breaks, then looks from outside at what is there. */
export async function runOnce(seed: number, kills: number): Promise<RunResult> {
  const begun = performance.now();
  const random = randomFrom(seed);
  const tasks = Array.from({ length: random.int(1, 2) }, (_, at) => drawTask(random, at + 1));
  const onGitHub = gitHubFaults(random.fork(), () => world);
  let opened = false;
  const world: World = await openWorld({
    tasks,
    modelFault: modelFaults(random.fork()),
    // What makes the world is not disturbed.
    onExchange: () => {
      if (opened) onGitHub.exchanged();
    },
  });
  opened = true;
  const containers = await killContainers(world, random.fork(), 2);
  world.forge.sendWebhooksTo(`http://127.0.0.1:${world.port}${webhooksPath}`);
  if (kills === 0) await onGitHub.loseNothing();
  const town = keepTown(world, random.fork(), { kills, beforeLastLife: onGitHub.loseNothing });
  const endTroubles = async (): Promise<void> => {
    town.spare();
    await containers.end();
    await onGitHub.end();
  };
  const over = AbortSignal.timeout(longestRun);
  const wrong: string[] = [];
  try {
    await town.ready;
    for (const { title } of tasks)
      await world.owner.rest.issues.create({ ...rig, title, labels: ['convoy'] });
    await untilLedger(world.data, (events) => times(events, 'PullRequestOpened') >= tasks.length, over);
    await endTroubles();
    await mergeAll(world);
    await untilLedger(
      world.data,
      (events) => clearedUp.every((type) => times(events, type) >= tasks.length) && openEffects(events) === 0,
      over,
    );
    await world.forge.deliveriesSettled();
  } catch (error) {
    if (!over.aborted) throw error;
    wrong.push(`it did not come to its end within ${longestRun / 1000} seconds`);
  } finally {
    await endTroubles();
    const end = await town.stop();
    if (end.code !== 0 || end.said !== '') wrong.push(`the town ended with ${end.code}: ${end.said}`);
  }
  wrong.push(
    ...(await findOnGitHub(world, tasks)),
    ...(await findInGit(world, tasks)),
    ...findInLedger(world, tasks, town.kills() + 1),
    ...(await findLeftovers(world)),
  );
  await world.close(wrong.length > 0);
  if (wrong.length > 0) wrong.push(`what it left is in ${world.folder}`);
  return {
    seed,
    convoys: tasks.length,
    beads: tasks.flatMap(({ beads }) => beads).length,
    townKills: town.kills(),
    containerKills: containers.killed(),
    wallMs: Math.round(performance.now() - begun),
    wrong,
  };
}

const times = (events: readonly { readonly type: string }[], type: string): number =>
  events.filter((event) => event.type === type).length;

async function mergeAll({ owner }: World): Promise<void> {
  const { data: pulls } = await owner.rest.pulls.list({ ...rig, state: 'open' });
  for (const { number } of pulls) await owner.rest.pulls.merge({ ...rig, pull_number: number });
}
