import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { type RunResult, runOnce } from './run-once.ts';
import { namedSteps } from './troubles/named-steps.ts';
import { goApart } from './world/apart.ts';

/** `npm run chaos`: whole convoys while the town, its containers, GitHub and the model are broken on purpose. */
const command = new Command('npm run chaos --')
  .description(
    'Walk whole convoys while everything around them breaks, and look at the end whether anything was lost.',
  )
  .option('--seed <number>', 'the first run of this seed; the next has the next number', Number)
  .option('--kills <number>', 'go on until the town was killed so often', Number, 20)
  .option('--most <number>', 'how often the town is killed in one run, at most', Number, 10)
  .option('--each-step', 'kill it at each step that it tells of, once, until none is left', false)
  .option('--runs <number>', 'go on for so many runs, at most', Number, Number.POSITIVE_INFINITY)
  .option('--longest <seconds>', 'how long a run may take', Number, 300)
  .option('--for <seconds>', 'begin no further run after so long', Number, Number.POSITIVE_INFINITY)
  .option('--json', 'print one JSON object a run', false)
  .parse();
const options = command.opts<{
  seed?: number;
  kills: number;
  most: number;
  eachStep: boolean;
  runs: number;
  longest: number;
  for: number;
  json: boolean;
}>();

/** After so many bad runs there is enough to look at. */
const worstSeen = 3;

process.exitCode = (await goApart()) ?? (await runAll(options.seed ?? randomInt(1, 1_000_000)));

async function runAll(first: number): Promise<number> {
  const kills: string[] = [];
  let bad = 0;
  const steps = new Set<string>(namedSteps);
  const goesOn = (runs: number): boolean =>
    runs === 0 ||
    (runs < options.runs &&
      (options.eachStep ? steps.size > 0 : kills.length < options.kills) &&
      bad < worstSeen &&
      performance.now() < options.for * 1000);
  if (!options.json) console.log(`The first seed is ${first}.`);
  for (let seed = first; goesOn(seed - first); seed += 1) {
    const most = Math.min(options.most, options.kills - kills.length);
    const result = await runOnce({
      seed,
      kills: options.eachStep ? steps : most,
      longestMs: options.longest * 1000,
    });
    kills.push(...result.killedAt);
    if (result.wrong.length > 0) bad += 1;
    console.log(options.json ? JSON.stringify({ type: 'run', ...result }) : line(result));
  }
  const spared = namedSteps.filter((step) => !kills.includes(step));
  console.log(
    options.json
      ? JSON.stringify({ type: 'summary', seed: first, kills: kills.length, bad, spared })
      : `${kills.length} kills at ${new Set(kills).size} steps from seed ${first} on: ${bad === 0 ? 'nothing was lost, nothing was doubled' : `${bad} runs went wrong`}.`,
  );
  return bad === 0 ? 0 : 1;
}

function line({ seed, convoys, beads, killedAt, troubles, spending, wallMs, wrong }: RunResult): string {
  const counts = Object.entries(troubles).map(([name, count]) => `${name} ${count}`);
  const spent = `$${spending.billedUsd.toFixed(3)} of $${spending.capUsd.toFixed(2)}`;
  const figures = `seed ${seed}: ${convoys} convoys, ${beads} beads, town killed ${killedAt.length} times, ${counts.join(', ')}, ${spent}, ${(wallMs / 1000).toFixed(1)} s`;
  return [figures, ...wrong.map((one) => `  ${one}`)].join('\n');
}
