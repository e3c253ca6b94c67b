import type { ConvoyCost, Traffic, WayCosts } from './costs.ts';

type Own = Exclude<keyof ConvoyCost, 'beads' | 'app' | 'jobs' | 'peakMemoryMiB'>;
/** One figure of a convoy's cost. */
export type Metric = `app.${keyof Traffic}` | `jobs.${keyof Traffic}` | Own;
export type Vector = Readonly<Record<Metric, number>>;

/** What a convoy of any size costs: so much for itself and so much for each bead. */
export interface PerConvoy {
  readonly fixed: Vector;
  readonly bead: Vector;
}

/** The straight line through the two convoys that were measured; nothing costs less than nothing. */
export function perConvoy({ small, large }: Pick<WayCosts, 'small' | 'large'>): PerConvoy {
  const [low, high] = [vectorOf(small), vectorOf(large)];
  const bead = map(low, (metric) => Math.max(0, (high[metric] - low[metric]) / (large.beads - small.beads)));
  return { bead, fixed: map(low, (metric) => Math.max(0, low[metric] - bead[metric] * small.beads)) };
}

export const costOf = ({ fixed, bead }: PerConvoy, beads: number): Vector =>
  map(fixed, (metric) => fixed[metric] + bead[metric] * beads);

/** What is taken from an allowance: each figure times its weight. */
export const weighed = (cost: Partial<Vector>, weights: Partial<Record<Metric, number>>): number =>
  Object.entries(weights).reduce((sum, [metric, weight]) => sum + (cost[metric as Metric] ?? 0) * weight, 0);

/** A look's requests are made by whoever keeps the clock. */
export const lookOf = (look: Traffic, by: 'app' | 'jobs'): Partial<Vector> =>
  Object.fromEntries(Object.entries(look).map(([name, value]) => [`${by}.${name}`, value]));

function vectorOf({ beads: _, app, jobs, peakMemoryMiB: __, ...own }: ConvoyCost): Vector {
  return { ...lookOf(app, 'app'), ...lookOf(jobs, 'jobs'), ...own } as Vector;
}

const map = (like: Vector, value: (metric: Metric) => number): Vector =>
  Object.fromEntries(Object.keys(like).map((metric) => [metric, value(metric as Metric)])) as Vector;
