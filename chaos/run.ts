import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { type RunResult, runOnce } from './run-once.ts';

/** `npm run chaos`: whole convoys while the town, its containers, GitHub and the model are broken on purpose. */
const command = new Command('npm run chaos --')
  .description(
    'Walk whole convoys while everything around them breaks, and look at the end whether anything was lost.',
  )
  .option('--seed <number>', 'the first run of this seed; the next has the next number', Number)
  .option('--kills <number>', 'go on until the town was killed so often', Number, 20)
  .option('--most <number>', 'how often the town is killed in one run, at most', Number, 10)
  .option('--runs <number>', 'go on for so many runs, at most', Number, Number.POSITIVE_INFINITY)
  .option('--json', 'print one JSON object a run', false)
  .parse();
const options = command.opts<{ seed?: number; kills: number; most: number; runs: number; json: boolean }>();
const first = options.seed ?? randomInt(1, 1_000_000);

/** After so many bad runs there is enough to look at. */
const worstSeen = 3;
let kills = 0;
let bad = 0;
const goesOn = (runs: number): boolean =>
  runs === 0 || (runs < options.runs && kills < options.kills && bad < worstSeen);
for (let seed = first; goesOn(seed - first); seed += 1) {
  const result = await runOnce(seed, Math.min(options.most, options.kills - kills));
  kills += result.townKills;
  if (result.wrong.length > 0) bad += 1;
  console.log(options.json ? JSON.stringify({ type: 'run', ...result }) : line(result));
}
console.log(
  options.json
    ? JSON.stringify({ type: 'summary', seed: first, kills, bad })
    : `${kills} kills from seed ${first} on: ${bad === 0 ? 'nothing was lost, nothing was doubled' : `${bad} runs went wrong`}.`,
);
process.exitCode = bad === 0 ? 0 : 1;

function line({ seed, convoys, beads, townKills, containerKills, wallMs, wrong }: RunResult): string {
  const figures = `seed ${seed}: ${convoys} convoys, ${beads} beads, town killed ${townKills} times, containers ${containerKills}, ${(wallMs / 1000).toFixed(1)} s`;
  return [figures, ...wrong.map((one) => `  ${one}`)].join('\n');
}
