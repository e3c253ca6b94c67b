import type { WayCosts } from '../costs/costs.ts';
import type { Limit } from '../given/limits.ts';
import { asItComes, type Setup } from '../given/setup.ts';
import type { Workload } from '../given/workload.ts';
import { atWork, type Pressure, pressures } from './pressure.ts';

/** No more than this share of anything is used in the busy hours: chance has room, and no line grows. */
const comfortable = 0.7;

/** What GitHub lets run at once on its own machines, by plan; beyond it the runners are one's own. */
export const plans = [
  { name: 'Free', jobs: 20 },
  { name: 'Pro', jobs: 40 },
  { name: 'Team', jobs: 60 },
  { name: 'Enterprise', jobs: 500 },
] as const;

/** The least of everything with which no line grows. */
export function needed(limits: readonly Limit[], costs: WayCosts, work: Workload, way: Setup['way']): Setup {
  const one = asItComes(way);
  const pressed = pressures(limits, costs, work, one);
  const most = (scope: Pressure['scope']): number =>
    Math.max(
      1,
      ...pressed.filter((one) => one.scope === scope).map(({ use }) => Math.ceil(use / comfortable)),
    );
  const towns = way === 'no-server' ? 0 : Math.max(most('town'), most('engine'));
  const installations = way === 'no-server' ? 1 : Math.max(most('installation'), towns);
  return {
    ...one,
    towns,
    installations,
    repositories: Math.max(most('repository'), installations),
    runners: way === 'app' ? 0 : runnersFor(work, way),
  };
}

/** Room for chance: three times the spread of how many are at work at once. */
function runnersFor(work: Workload, way: Setup['way']): number {
  const { beads, others } = atWork(work);
  const jobs = way === 'no-server' ? beads + others : beads;
  const most = Math.ceil(jobs + 3 * Math.sqrt(jobs));
  return plans.find((plan) => plan.jobs >= most)?.jobs ?? most;
}
