import { type Costs, ways } from '../costs/costs.ts';
import { usualWork, type Workload } from '../given/workload.ts';
import { type AtScale, atScale } from './at-scale.ts';

export const usualScales = [10, 1_000, 100_000] as const;

/** Every way of running a town at every scale. */
export const allScales = (
  costs: Costs,
  seed: number,
  scales: readonly number[] = usualScales,
  work: Omit<Workload, 'convoysPerDay'> = usualWork,
): readonly AtScale[] =>
  scales.flatMap((convoysPerDay) => ways.map((way) => atScale(costs, { ...work, convoysPerDay }, way, seed)));
