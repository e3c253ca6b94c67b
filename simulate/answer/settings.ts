import { number } from '../page/figures.ts';
import type { Outcome } from './at-scale.ts';
import { plans } from './needed.ts';

/** One thing to set: a field of `.github/gas-town.yml`, a variable of `gastown serve`, or something to have. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  readonly why: string;
}

/** An engine that is used so far keeps no containers waiting. */
const fullEngine = 0.35;

/** What to set and to have for a setup that holds. */
export function settingsFor({ setup, pressed }: Outcome): readonly Setting[] {
  const engine = pressed.find(({ scope }) => scope === 'engine')?.use ?? 0;
  const { way, towns, installations, repositories, runners } = setup;
  return [
    ...(way === 'no-server' ? [] : [runner(way), ...apps(towns)]),
    ...(installations > Math.max(1, towns) ? [onAccounts(installations)] : []),
    ...(repositories > 1 ? [shared(repositories)] : []),
    ...(way === 'app' ? [] : [runnersOf(runners)]),
    ...(way === 'app' && engine > fullEngine ? [noneWarm] : []),
    {
      name: '`polecats`',
      value: String(setup.polecats),
      why: 'the default: it holds within one convoy, and nothing holds all of them together',
    },
    {
      name: '`budget_usd_per_day`',
      value: 'what a repository may cost',
      why: 'the only cap on all its convoys together; new ones wait when it is reached',
    },
  ];
}

const runner = (way: 'app' | 'app-actions'): Setting => ({
  name: '`runner`',
  value: way === 'app' ? 'local' : 'actions',
  why:
    way === 'app' ? 'one engine holds all containers' : 'beads on runners, so that the engine only verifies',
});

const apps = (towns: number): readonly Setting[] =>
  towns === 1
    ? []
    : [
        {
          name: '`APP_ID`, `GASTOWN_DATA`, `DOCKER_HOST`',
          value: `${number(towns)} of each`,
          why: 'one `gastown serve` for each, with an App, a ledger and an engine of its own',
        },
      ];

const onAccounts = (installations: number): Setting => ({
  name: 'installations',
  value: number(installations),
  why: 'each App on each account has an allowance of its own',
});

const shared = (repositories: number): Setting => ({
  name: 'repositories',
  value: `${number(repositories)} or more`,
  why: 'pushes, and with no server requests too, are limited for each',
});

function runnersOf(runners: number): Setting {
  const plan = plans.find(({ jobs }) => jobs === runners);
  return {
    name: 'jobs at once',
    value: number(runners),
    why:
      plan === undefined ? 'runners of your own (`runs-on` in the workflow)' : `GitHub's ${plan.name} plan`,
  };
}

const noneWarm: Setting = {
  name: '`warm`',
  value: '0',
  why: 'each open convoy would keep a container waiting',
};
