import type { AtScale, Outcome } from '../answer/at-scale.ts';
import type { Pressure } from '../answer/pressure.ts';
import { type Setting, settingsFor } from '../answer/settings.ts';
import type { Way } from '../costs/costs.ts';
import { duration, number, share, table } from './figures.ts';

export const wayNames: Readonly<Record<Way, string>> = {
  app: 'App, `runner: local`',
  'app-actions': 'App, `runner: actions`',
  'no-server': 'no server',
};

/** The way that needs the fewest machines, towns' and runners' together. */
const bestOf = (ways: readonly AtScale[]): AtScale | undefined =>
  ways.toSorted((a, b) => machines(a) - machines(b))[0];

const machines = ({ needed: { setup } }: AtScale): number => setup.towns + setup.runners;

/** What one scale comes to, for every way of running a town. */
export function scaleSection(ways: readonly AtScale[]): readonly string[] {
  const [first] = ways;
  const best = bestOf(ways);
  if (first === undefined || best === undefined) return [];
  return [
    `## ${number(first.work.convoysPerDay)} convoys a day`,
    '',
    'With one of everything:',
    '',
    ...table(
      ['way', 'comes first', 'used in the busy hours', 'full at', 'then', 'pull request after'],
      ways.map(asItComesRow),
    ),
    '',
    'With as many as it takes for nothing to be used beyond 70 %, and jobs with room for chance:',
    '',
    ...table(
      [
        'way',
        'towns',
        'installations',
        'repositories',
        'jobs at once',
        'comes first',
        'longest line',
        'pull request after',
      ],
      ways.map(neededRow),
    ),
    '',
    `The fewest machines: ${wayNames[best.way]}.`,
    '',
    ...table(['set', 'to', 'because'], settingsFor(best.needed).map(settingRow)),
    '',
    ...ways.filter((one) => one !== best && one.way !== 'no-server').flatMap(instead),
    grows(best),
    '',
  ];
}

const instead = (one: AtScale): readonly string[] => [
  `Or ${wayNames[one.way]}:`,
  '',
  ...table(['set', 'to', 'because'], settingsFor(one.needed).map(settingRow)),
  '',
];

const settingRow = ({ name, value, why }: Setting): readonly string[] => [name, value, why];

function asItComesRow({ way, asItComes }: AtScale): readonly string[] {
  const [first, second, third] = asItComes.pressed;
  if (first === undefined) return [];
  return [
    wayNames[way],
    `**${first.name}** (${first.scope})`,
    share(first.use),
    `${number(first.fullAtPerDay)} a day`,
    [second, third].flatMap((one) => (one === undefined ? [] : [brief(one)])).join(', '),
    tookOf(asItComes),
  ];
}

function neededRow({ way, needed }: AtScale): readonly string[] {
  const { setup, pressed } = needed;
  const [first] = pressed;
  return [
    wayNames[way],
    number(setup.towns),
    way === 'no-server' ? '—' : number(setup.installations),
    number(setup.repositories),
    way === 'app' ? '—' : number(setup.runners),
    first === undefined ? '' : brief(first),
    longestLine(needed),
    tookOf(needed),
  ];
}

const brief = ({ name, use }: Pressure): string => `${name} ${share(use)}`;

/** Half of the convoys, and 19 of 20. */
const tookOf = ({ day }: Outcome): string =>
  day === null ? 'weeks' : `${duration(day.took.half)}, ${duration(day.took.most)}`;

/** The line in which 19 of 20 waited longest. */
function longestLine({ day }: Outcome): string {
  const lines = Object.entries(day?.waits ?? {}).toSorted(([, a], [, b]) => b.most - a.most);
  const [longest] = lines;
  if (longest === undefined || longest[1].most < 1) return 'none';
  return `${longest[0]}: ${duration(longest[1].most)}`;
}

function grows({
  grows: { ledgerGiBPerYear, repositoryMiBPerDay, refsAtOnce, tokensPerMinute },
  needed,
}: AtScale): string {
  const refs =
    refsAtOnce === 0
      ? ''
      : ` At most about ${number(refsAtOnce)} refs of the town's are in a repository at once, ${number((refsAtOnce * 111) / 1024)} KiB that each fetch begins with.`;
  const ledger =
    ledgerGiBPerYear === 0
      ? ''
      : ` All ledgers together grow by ${number(ledgerGiBPerYear)} GiB a year (${number(ledgerGiBPerYear / Math.max(1, needed.setup.towns))} each),`;
  return `The model's endpoint has to let ${number(tokensPerMinute)} tokens a minute through in the busy hours.${ledger}${ledger === '' ? ' Each' : ' each'} repository by ${number(repositoryMiBPerDay)} MiB a day before git packs it.${refs}`;
}
