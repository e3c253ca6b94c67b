import type { Bead } from '../bead/bead.ts';

/** What one bead took that was worked and landed before. */
export interface Experience {
  readonly usd: number;
  readonly minutes: number;
}

export interface PlanEstimate {
  readonly beads: number;
  /** The longest chain of beads that wait for each other. */
  readonly chain: number;
  /** Null where nothing was ever worked in this repository: then there is no figure to go by. */
  readonly usd: number | null;
  readonly minutes: number | null;
  /** Of how many beads the figures are the median. */
  readonly from: number;
}

/** What a plan may cost and take, going by the median of what beads took in the same repository before. */
export function estimatePlan(
  beads: readonly Bead[],
  polecats: number,
  experience: readonly Experience[],
): PlanEstimate {
  const chain = longestChain(beads);
  const facts = { beads: beads.length, chain, from: experience.length };
  if (experience.length === 0) return { ...facts, usd: null, minutes: null };
  const usd = median(experience.map((one) => one.usd)) * beads.length;
  // No faster than the longest chain, and no faster than all polecats at work all the time.
  const rounds = Math.max(chain, Math.ceil(beads.length / polecats));
  return { ...facts, usd, minutes: median(experience.map((one) => one.minutes)) * rounds };
}

function longestChain(beads: readonly Bead[]): number {
  const lengths = new Map<number, number>();
  // Each round settles at least one more bead of every chain; needs have no cycle.
  for (let round = 0; round < beads.length; round += 1) {
    let moved = false;
    for (const { number, needs } of beads) {
      const length = 1 + Math.max(0, ...needs.map((need) => lengths.get(need) ?? 0));
      if (lengths.get(number) === length) continue;
      lengths.set(number, length);
      moved = true;
    }
    if (!moved) break;
  }
  return Math.max(0, ...lengths.values());
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
