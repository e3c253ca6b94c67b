import type { ConvoyCost, Traffic } from '../costs/costs.ts';
import type { Seen } from './counting-proxy.ts';
import { tally } from './tally.ts';

/** What a walk adds to what is counted of requests and jobs. */
export type TownCost = Pick<
  ConvoyCost,
  'webhooks' | 'events' | 'ledgerBytes' | 'townProcessorSeconds' | 'peakMemoryMiB'
>;

/** One convoy that went its whole way. */
export interface Walk {
  readonly town: TownCost;
  /** Requests that only came because the convoy was left alone for a while, and what one pass of the clock asked of them. */
  readonly rest: { readonly seen: readonly Seen[]; readonly look: readonly Seen[] } | null;
}

/** Requests of a walk, but for those of its rest. */
export function tallyWithout(seen: readonly Seen[], rest: readonly Seen[]): Traffic {
  const left = new Set(rest);
  return tally(seen.filter((one) => !left.has(one)));
}

/** A convoy that has not come to its end by then never will. Milliseconds. */
export const longestWalk = 25 * 60_000;
/** So long after the last request of a pass nothing more of it comes. Milliseconds. */
export const quietMs = 10_000;
