import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { webhooksPath } from '../../src/adapters/github/open-probot.ts';
import { randomFrom } from '../random.ts';
import { drawTask, type Task } from '../world/task.ts';
import { startTown, type TownProcess } from '../world/town-process.ts';
import { wanderers } from '../world/wanderers.ts';
import { openWorld, rig } from '../world/world.ts';
import { openProgress, type Progress } from './progress.ts';
import { type Sample, takeSample } from './take-sample.ts';

/** `npm run long-run`: one life of a town, convoy after convoy without a pause, looked at after each few of them. */
const command = new Command('npm run long-run --')
  .description('Let one town walk many convoys without a pause, and look at what it holds as it goes.')
  .option('--convoys <number>', 'how many convoys', Number, 200)
  .option('--beads <number>', 'how many beads in each of them', Number, 10)
  .option('--containers', 'real ones; without it folders stand in their place', false)
  .option('--every <number>', 'look after so many convoys', Number, 10)
  .option('--at-once <number>', 'how many of them at once', Number, 2)
  .option('--minutes <number>', 'begin none after so long', Number, Number.POSITIVE_INFINITY)
  .option('--longest <seconds>', 'how long a batch of convoys may take', Number, 1800)
  .option('--seed <number>', 'what the convoys are drawn from', Number, 1)
  .option('--json', 'print one JSON object a line', false)
  .parse();
const options = command.opts<{
  convoys: number;
  beads: number;
  containers: boolean;
  every: number;
  atOnce: number;
  minutes: number;
  longest: number;
  seed: number;
  json: boolean;
}>();

// No title may begin as another does: that is how a model is told what it is about.
const random = randomFrom(options.seed);
const tasks = Array.from({ length: options.convoys }, (_, at) => drawTask(random, 1001 + at, options.beads));
const world = await openWorld({
  script: wanderers(tasks),
  capUsd: 100,
  modelFault: () => null,
  onExchange: () => undefined,
});
world.forge.sendWebhooksTo(`http://127.0.0.1:${world.port}${webhooksPath}`);
const listening = Promise.withResolvers<void>();
const onFolders = fileURLToPath(new URL('town-on-folders.ts', import.meta.url));
const town = startTown(world, () => listening.resolve(), options.containers ? undefined : [onFolders]);
const begun = performance.now();
let progress: Progress | null = null;
try {
  await listening.promise;
  const follow = openProgress(world.data);
  progress = follow;
  let landed = 0;
  show(await sample(follow, 0));
  for (let next = 0; next < tasks.length && minutes() < options.minutes; next += options.atOnce) {
    const batch = tasks.slice(next, next + options.atOnce);
    const pulls = await Promise.all(batch.map((task) => order(task, follow)));
    // One after the other: GitHub refuses a merge while another one moves the branch.
    for (const pull_number of pulls) await world.owner.rest.pulls.merge({ ...rig, pull_number });
    landed += batch.length;
    await follow.settled(landed, inTime());
    if (landed % options.every < batch.length) show(await sample(follow, landed));
  }
} finally {
  town.stop();
  await town.ended;
  progress?.close();
  await world.close(false);
}

function sample({ events }: Progress, convoys: number): Promise<Sample> {
  return takeSample(world, figuresOf(town), { convoys, events });
}

function figuresOf({ pid, loggedBytes }: TownProcess): {
  readonly pid: number;
  readonly loggedBytes: number;
} {
  if (pid === undefined) throw new Error('the town did not start');
  return { pid, loggedBytes: loggedBytes() };
}

function minutes(): number {
  return (performance.now() - begun) / 60_000;
}

/** Orders a convoy, and gives the number of the pull request that comes of it. */
async function order({ title }: Task, follow: Progress): Promise<number> {
  const { data: issue } = await world.owner.rest.issues.create({ ...rig, title, labels: ['convoy'] });
  return follow.pullOf(issue.number, inTime());
}

function inTime(): AbortSignal {
  return AbortSignal.timeout(options.longest * 1000);
}

function show(one: Sample): void {
  const line = { minutes: Math.round(minutes() * 10) / 10, ...one };
  if (options.json) console.log(JSON.stringify(line));
  else
    console.log(
      Object.entries(line)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    );
}
