import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Chance that the seed decides: the same seed, asked the same things in the same order, answers the same. */
export interface Random {
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** Chance of its own for one part of a run: how often that part asks changes nothing for the others. */
  fork(): Random;
}

export function randomFrom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const int = (least: number, most: number): number => uniformInt(generator, least, most);
  return {
    int,
    chance: (percent) => int(0, 99) < percent,
    pick: (from) => from[int(0, from.length - 1)] ?? from[0],
    fork: () => randomFrom(int(0, 0x7fff_ffff)),
  };
}
