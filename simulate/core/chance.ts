import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';

/** Chance that the seed decides. */
export interface Chance {
  /** From 0 on, below 1. */
  fraction(): number;
  /** How long until something happens that happens `mean` apart on average, whenever it did last. */
  exponential(mean: number): number;
}

export function chanceFrom(seed: number): Chance {
  const generator = mersenne(seed);
  const fraction = (): number => uniformFloat64(generator);
  return { fraction, exponential: (mean) => -Math.log(1 - fraction()) * mean };
}
