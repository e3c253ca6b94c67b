import { type Day, simulateDay } from '../core/simulate-day.ts';
import type { Costs, Way, WayCosts } from '../costs/costs.ts';
import { costOf, perConvoy } from '../costs/per-convoy.ts';
import { limitsOf } from '../given/limits.ts';
import { asItComes, type Setup } from '../given/setup.ts';
import type { Workload } from '../given/workload.ts';
import { needed } from './needed.ts';
import { atWork, type Pressure, pressures } from './pressure.ts';

/** One day of one setup: what is pressed hardest, and what came of it. */
export interface Outcome {
  readonly setup: Setup;
  /** The hardest pressed first. */
  readonly pressed: readonly Pressure[];
  /** Null where so much too much is asked for that a line would grow for weeks. */
  readonly day: Day | null;
}

/** Pressed this often over, a day tells nothing more. */
const hopeless = 20;

/** A way of running a town at one scale: with one of each, and with as many as it takes. */
export interface AtScale {
  readonly work: Workload;
  readonly way: Way;
  readonly asItComes: Outcome;
  readonly needed: Outcome;
  readonly grows: Grows;
}

/** What has no limit to wait for, and costs all the same. */
export interface Grows {
  readonly ledgerGiBPerYear: number;
  readonly repositoryMiBPerDay: number;
  /** Of one repository, at once, by which every fetch and push begins. */
  readonly refsAtOnce: number;
  readonly tokensPerMinute: number;
}

export function atScale(costs: Costs, work: Workload, way: Way, seed: number): AtScale {
  const limits = limitsOf(way, costs);
  const own = costs.ways[way];
  const live = (setup: Setup): Outcome => {
    const pressed = pressures(limits, own, work, setup);
    const isHopeless = pressed.some(({ use }) => use > hopeless);
    return {
      setup,
      pressed,
      day: isHopeless ? null : simulateDay({ limits, costs: own, work, setup, seed }),
    };
  };
  const enough = live(needed(limits, own, work, way));
  return { work, way, asItComes: live(asItComes(way)), needed: enough, grows: growsOf(own, enough, work) };
}

function growsOf(costs: WayCosts, { setup, day }: Outcome, work: Workload): Grows {
  const cost = costOf(perConvoy(costs), work.beads);
  const { beads } = atWork(work);
  return {
    ledgerGiBPerYear: (cost.ledgerBytes * work.convoysPerDay * 365) / 2 ** 30,
    repositoryMiBPerDay: (cost.repositoryBytes * work.convoysPerDay) / setup.repositories / 2 ** 20,
    refsAtOnce: setup.way === 'app' ? 0 : Math.ceil((2 * (day?.jobsAtOnce ?? 0)) / setup.repositories) + 10,
    tokensPerMinute: (beads / work.beadMinutes) * work.tokensPerBead,
  };
}
