import type { WayCosts } from '../costs/costs.ts';
import { costOf, lookOf, perConvoy, type Vector, weighed } from '../costs/per-convoy.ts';
import type { Limit, Scope } from '../given/limits.ts';
import type { Setup } from '../given/setup.ts';
import { busyRate, type Workload } from '../given/workload.ts';

/** How hard a limit is pressed in the busy hours, worked out from averages alone. */
export interface Pressure {
  readonly name: string;
  readonly scope: Scope | 'account' | 'engine';
  readonly source: string;
  /** What is asked for, as a share of all that there is: above 1 a line grows as long as the busy hours last. */
  readonly use: number;
  /** With this many convoys a day it would be used to the full in the busy hours. */
  readonly fullAtPerDay: number;
}

/** How often the clock looks at each open convoy in an hour: an App every 5 minutes, the schedule every 15. */
export const looksPerHour = { app: 12, 'app-actions': 12, 'no-server': 4 } as const;

const countOf = (scope: Scope, setup: Setup): number =>
  ({ installation: setup.installations, repository: setup.repositories, town: Math.max(1, setup.towns) })[
    scope
  ];

/** Every limit of a way of running a town, the hardest pressed first. */
export function pressures(
  limits: readonly Limit[],
  costs: WayCosts,
  work: Workload,
  setup: Setup,
): readonly Pressure[] {
  const { way } = setup;
  const whole = wholeCost(costs, work, way);
  const rate = busyRate(work.convoysPerDay);
  const pressed = limits.map(({ name, scope, source, most, seconds, takes }): Pressure => {
    const use = (rate * weighed(whole, takes)) / ((most / seconds) * countOf(scope, setup));
    return { name, scope, source, use, fullAtPerDay: work.convoysPerDay / use };
  });
  return [...pressed, ...ofPlaces(work, setup)].toSorted((a, b) => b.use - a.use);
}

/** A convoy's cost with all the looks at it until it is merged. */
function wholeCost(costs: WayCosts, work: Workload, way: Setup['way']): Vector {
  const cost = costOf(perConvoy(costs), work.beads);
  const looks = Math.ceil(openHours(work) * looksPerHour[way]);
  const look: Partial<Vector> = lookOf(costs.look, way === 'no-server' ? 'jobs' : 'app');
  return Object.fromEntries(
    Object.entries(cost).map(([metric, value]) => [
      metric,
      value + looks * (look[metric as keyof Vector] ?? 0),
    ]),
  ) as Vector;
}

const openHours = (work: Workload): number =>
  work.waitHours + (work.planMinutes + work.levels * (work.beadMinutes + work.verifyMinutes)) / 60;

/** Containers or jobs at work at once, by Little's law. */
export function atWork(work: Workload): { readonly beads: number; readonly others: number } {
  const rate = busyRate(work.convoysPerDay);
  return {
    beads: rate * work.beads * work.beadMinutes * 60,
    others: rate * (work.planMinutes + work.levels * work.verifyMinutes) * 60,
  };
}

function ofPlaces(work: Workload, setup: Setup): readonly Pressure[] {
  const { beads, others } = atWork(work);
  const { way, runners, towns, engineGiB, memoryMiB } = setup;
  const inEngine = way === 'app' ? beads + others : others;
  const places = (name: string, scope: Pressure['scope'], source: string, use: number): Pressure => ({
    name,
    scope,
    source,
    use,
    fullAtPerDay: work.convoysPerDay / use,
  });
  const engine = places(
    "memory of the engine's machine",
    'engine',
    'memory in .github/gas-town.yml',
    (inEngine * memoryMiB) / (Math.max(1, towns) * engineGiB * 1024),
  );
  const jobs = way === 'no-server' ? beads + others : beads;
  const runs = places('jobs at once', 'account', 'GitHub, "Actions limits"', jobs / Math.max(1, runners));
  return way === 'app' ? [engine] : way === 'app-actions' ? [engine, runs] : [runs];
}
