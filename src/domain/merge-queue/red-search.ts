/**
 * The search for the bead that turns a batch red, over its prefixes: `green` beads from the start are known to pass, the
 * first `red` are known not to. Prefix 0 is the head.
 */
export interface RedSearch {
  readonly green: number;
  readonly red: number;
}

/** A batch of `size` beads that is red as a whole. */
export const redBatch = (size: number): RedSearch => ({ green: 0, red: size });

/** The length of the next prefix to verify, or null when the bead that breaks it is known: the last of the red prefix. */
export function nextPrefix({ green, red }: RedSearch): number | null {
  return red - green > 1 ? green + Math.floor((red - green) / 2) : null;
}

export function learned(search: RedSearch, prefix: number, passed: boolean): RedSearch {
  return passed ? { ...search, green: prefix } : { ...search, red: prefix };
}

/** The most verifications that a batch of `size` with one bad bead costs: the batch, the search, and what is left. */
export const verificationsAtMost = (size: number): number => Math.ceil(Math.log2(size)) + 2;
