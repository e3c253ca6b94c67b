import { sizeBelow } from '../../chaos/world/size-below.ts';
import type { ConvoyCost, Traffic, Way } from '../costs/costs.ts';
import { openMeasuredWorld } from './measured-world.ts';
import { tally } from './tally.ts';
import { taskOf } from './task.ts';
import { tallyWithout } from './walk.ts';
import { walkAlone } from './walk-alone.ts';
import { walkWithTown } from './walk-with-town.ts';

export interface MeasuredConvoy {
  readonly cost: ConvoyCost;
  /** What one pass of the clock costs while the convoy waits for people; null where nobody waited for one. */
  readonly look: Traffic | null;
}

/** Walks one convoy from its label to the last write after its merge, with real parts all around, and counts what it takes. */
export async function measureConvoy(way: Way, beads: number, looks: boolean): Promise<MeasuredConvoy> {
  const measured = await openMeasuredWorld(way, taskOf(beads));
  try {
    const walk = way === 'no-server' ? walkAlone : walkWithTown;
    const { town, rest } = await walk(measured, looks);
    const left = rest?.seen ?? [];
    const spent = measured.jobCosts();
    const cost: ConvoyCost = {
      beads,
      app: tallyWithout(measured.app.seen(), left),
      jobs: tallyWithout(measured.jobs.seen(), left),
      repositoryBytes: await sizeBelow(measured.world.bareRepository),
      ...town,
      jobRuns: spent.length,
      jobProcessorSeconds: spent.reduce((sum, one) => sum + one, 0),
    };
    return { cost, look: rest === null ? null : tally(rest.look) };
  } finally {
    await measured.close();
  }
}
