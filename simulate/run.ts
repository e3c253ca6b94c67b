import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { allScales, usualScales } from './answer/scales.ts';
import { readCosts } from './costs/costs.ts';
import { usualWork } from './given/workload.ts';
import { scaleSection } from './page/scale-section.ts';
import { scalingPage } from './page/scaling-page.ts';

/** `npm run simulate`: which limit comes first at how many convoys a day, and what to set. */
const command = new Command('npm run simulate --')
  .description('Work out which limits come first at how many convoys a day, from measured costs.')
  .option('--convoys <number...>', 'convoys a day', (text, all: number[] = []) => [...all, Number(text)])
  .option('--beads <number>', 'beads of a convoy', Number, usualWork.beads)
  .option('--levels <number>', 'the longest chain of needs', Number, usualWork.levels)
  .option('--bead-minutes <number>', 'how long a bead takes', Number, usualWork.beadMinutes)
  .option('--verify-minutes <number>', 'how long a verification takes', Number, usualWork.verifyMinutes)
  .option('--wait-hours <number>', 'how long people take to merge', Number, usualWork.waitHours)
  .option('--seed <number>', 'what the day is drawn from', Number, 1)
  .option('--json', 'print all figures as one JSON array', false)
  .option('--write', 'write docs/scaling.md and docs/scaling.json', false)
  .option('--measure', 'measure what convoys cost first; takes half an hour and an engine', false)
  .parse();
const options = command.opts<{
  convoys?: number[];
  beads: number;
  levels: number;
  beadMinutes: number;
  verifyMinutes: number;
  waitHours: number;
  seed: number;
  json: boolean;
  write: boolean;
  measure: boolean;
}>();

if (options.measure) {
  const { measure } = await import('./measure/measure.ts');
  await measure((line) => console.error(line));
}
const { convoys = usualScales, beads, levels, beadMinutes, verifyMinutes, waitHours, seed } = options;
const costs = readCosts();
const work = { ...usualWork, beads, levels, beadMinutes, verifyMinutes, waitHours };
const answers = allScales(costs, seed, convoys, work);
if (options.write) {
  const docs = `${import.meta.dirname}/../docs`;
  writeFileSync(`${docs}/scaling.json`, `${JSON.stringify(answers, null, 1)}\n`);
  writeFileSync(`${docs}/scaling.md`, scalingPage(costs, answers));
} else if (options.json) console.log(JSON.stringify(answers));
else {
  for (const scale of convoys)
    console.log(
      scaleSection(answers.filter(({ work: { convoysPerDay } }) => convoysPerDay === scale)).join('\n'),
    );
}
