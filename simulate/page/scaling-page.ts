import type { AtScale } from '../answer/at-scale.ts';
import type { Costs, Way } from '../costs/costs.ts';
import { ways } from '../costs/costs.ts';
import { costOf, type Metric, perConvoy } from '../costs/per-convoy.ts';
import { limitsOf } from '../given/limits.ts';
import { busy, type Workload } from '../given/workload.ts';
import { number, table } from './figures.ts';
import { scaleSection, wayNames } from './scale-section.ts';

/** `docs/scaling.md`: what comes first at each scale, and what all of it is worked out from. */
export function scalingPage(costs: Costs, answers: readonly AtScale[]): string {
  const scales = [...new Set(answers.map(({ work }) => work.convoysPerDay))];
  const [first] = answers;
  if (first === undefined) return '';
  return [
    ...opening,
    ...scales.flatMap((scale) => scaleSection(answers.filter(({ work }) => work.convoysPerDay === scale))),
    ...assumptions(first.work),
    ...measured(costs, first.work),
    ...given(costs),
    ...leftOut,
    '',
  ].join('\n');
}

const opening = [
  '# Scaling',
  '',
  '<!-- Made by `npm run simulate -- --write` from simulate/costs/measured.json; do not edit. -->',
  '',
  'Which limit comes first at 10, 1,000 and 100,000 convoys a day, and what to set. It is worked out: what a convoy costs was',
  'measured, what GitHub allows is in its documentation, and a simulation of a day tells how long the lines are.',
  '',
  '```sh',
  'npm run simulate',
  '```',
  '',
  'prints the same for the work that you name (`--convoys 250 --beads 12 --bead-minutes 30`); `--json` prints all figures, `--measure`',
  'measures anew. A town is one `gastown serve` with its ledger and its engine; an installation is one App on one account.',
  '"Used in the busy hours" above 100 % means that a line grows as long as they last. Times to the pull request are of half of the',
  'convoys and of 19 of 20. Lines for content and API requests hold up what people see on GitHub, not the work.',
  '',
];

const assumptions = (work: Workload): readonly string[] => [
  '## Assumed',
  '',
  `Each convoy: ${work.beads} beads in ${work.levels} levels of needs, ${work.planMinutes} minutes to plan, ${work.beadMinutes} for a bead on average (half of it fixed, half left to chance), ${work.verifyMinutes} to verify each level,`,
  `${work.waitHours} hours until people merge, ${number(work.tokensPerBead)} tokens for a bead. ${Math.round(busy.share * 100)} % of a day's convoys come within ${busy.hours} busy hours.`,
  'An engine has 30 GiB for containers, each counted with all that `memory` lets it have. Repositories are drawn evenly.',
  '',
];

const costRows: readonly (readonly [string, readonly Metric[]])[] = [
  ['API requests by the installation', ['app.reads', 'app.writes']],
  ["API requests by jobs' tokens", ['jobs.reads', 'jobs.writes']],
  ['answered "not modified"', ['app.unchanged', 'jobs.unchanged']],
  ['of the requests: content (issues, comments, reviews)', ['app.creates', 'jobs.creates']],
  ['runs started', ['app.dispatches', 'jobs.dispatches']],
  ['pushes', ['app.pushes', 'jobs.pushes']],
  ['times that git asked for the refs', ['app.gitReads', 'jobs.gitReads']],
  ['webhooks', ['webhooks']],
  ['events in the SQLite ledger', ['events']],
  ['KiB of ledger', ['ledgerBytes']],
  ['KiB in the repository', ['repositoryBytes']],
  ["the town's processor, seconds", ['townProcessorSeconds']],
  ['jobs', ['jobRuns']],
  ["jobs' processor, seconds", ['jobProcessorSeconds']],
];

function measured(costs: Costs, work: Workload): readonly string[] {
  const cost = (way: Way) => costOf(perConvoy(costs.ways[way]), work.beads);
  const figure = (way: Way, metrics: readonly Metric[]): string => {
    const sum = metrics.reduce((total, metric) => total + cost(way)[metric], 0);
    return number(metrics.some((metric) => metric.endsWith('Bytes')) ? sum / 1024 : sum);
  };
  return [
    '## Measured',
    '',
    `On ${costs.measured.on}, by ${costs.measured.how}. A convoy of ${costs.ways.app.small.beads} beads and one of ${costs.ways.app.large.beads}, the rest by the line through both; of ${work.beads} beads:`,
    '',
    ...table(
      ['cost', ...ways.map((way) => wayNames[way])],
      costRows.map(([name, metrics]) => [name, ...ways.map((way) => figure(way, metrics))]),
    ),
    '',
    `Besides, each look of the clock at an open convoy: ${ways.map((way) => `${wayNames[way]} ${lookText(costs, way)}`).join('; ')}. A ledger takes ${number(costs.appendsPerSecond)} events a second from sixteen at once, with a full sync to disk. The machine:`,
    '',
    ...costs.measured.machine.map((fact) => `- ${fact}`),
    '',
    'With no server the ledger is in the repository: its events and bytes are among the pushes and KiB there.',
    '',
  ];
}

function lookText(costs: Costs, way: Way): string {
  const { reads, writes, unchanged } = costs.ways[way].look;
  return `${number(reads + writes)} counted requests, ${number(unchanged)} "not modified"`;
}

function given(costs: Costs): readonly string[] {
  const all = ways.flatMap((way) => limitsOf(way, costs).map((limit) => ({ way, limit })));
  const names = [...new Set(all.map(({ limit }) => `${limit.name}\n${limit.scope}\n${limit.most}`))];
  return [
    '## Given',
    '',
    ...table(
      ['limit', 'most', 'for each', 'ways', 'source'],
      names.map((key) => {
        const those = all.filter(({ limit }) => `${limit.name}\n${limit.scope}\n${limit.most}` === key);
        const [{ limit } = { limit: undefined }] = those;
        if (limit === undefined) return [];
        const where = those.length === ways.length ? 'all' : those.map(({ way }) => wayNames[way]).join(', ');
        return [limit.name, number(limit.most), limit.scope, where, limit.source];
      }),
    ),
    '',
    'Jobs at once by plan (GitHub, "Actions limits"): Free 20, Pro 40, Team 60, Enterprise 500. What GitHub allows an installation grows',
    'with its repositories and people, from 5,000 to 12,500 requests an hour; the least is taken here.',
    '',
  ];
}

const leftOut = [
  '## Left out',
  '',
  "Retries, reviews, conflicts and convoys that fail; a container's own processor time, which depends on what is built; waiting for a model's",
  'endpoint; GitHub Enterprise servers, which have no such limits by default. Real models may say more, and so push and comment more, than',
  'the scripted ones that were measured.',
];
