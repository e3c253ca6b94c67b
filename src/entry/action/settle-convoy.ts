import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { releaseDead } from '../../town/dispatch/release-dead.ts';
import { openJobTown } from '../../town/open-job-town.ts';
import { type BeadRuns, runOfRunner } from '../../town/ports/bead-runs.ts';
import type { ActionTown } from './action-town.ts';
import { checkHeads } from './check-heads.ts';
import { clearRefs } from './clear-refs.ts';
import { fetchConvoyCommits, followConvoy } from './follow-convoy.ts';
import type { Job } from './job-task.ts';

/**
 * Does all that can be done for a convoy now, whatever became of the run's other job: gives back what died, lands what is
 * closed, lets the Mayor go on, starts a run for each bead that is ready, shows it on GitHub, opens the pull request.
 */
export async function settleConvoy(
  { town, ledger, remote }: ActionTown,
  job: Job,
  issue: number,
  hopeless: Promise<never>,
): Promise<Convoy | null> {
  const followed = await followConvoy(ledger, job.rig, issue);
  const stream = convoyStream(job.rig.id, issue);
  await checkHeads({ town, ledger }, job, { stream, issue });
  if (followed === null || town.runs === undefined) return null;
  const { convoy } = followed;
  await releaseDead(town, stream, town.runs, town.runner);
  // Its session is its own to end, and what it says until then is kept: its own settle job clears up.
  const isHeld = convoy.ended !== null && (await isWorkedElsewhere(town, town.runs, convoy));
  await fetchConvoyCommits(await town.git.open(job.rig.id), await remote(), convoy);
  const jobTown = openJobTown(town, [stream], () => ledger.publish(), {
    takes: (_, { kind }) => kind !== 'polecat' && !(isHeld && kind === 'clean-up'),
    mirrors: true,
  });
  try {
    await Promise.race([jobTown.done(), hopeless]);
  } finally {
    await jobTown.close();
    await town.sandboxes.removeConvoy(stream);
  }
  const { state } = ledger.load(stream, convoyFold);
  if (state !== null) await clearRefs(ledger, stream, state);
  return state;
}

/** Whether a run other than this one is at work on a bead. */
async function isWorkedElsewhere(
  { runner }: ActionTown['town'],
  runs: BeadRuns,
  { opened, beads }: Convoy,
): Promise<boolean> {
  for (const { lease } of beads.values()) {
    const run = lease === null || lease.runner === runner ? null : runOfRunner(lease.runner);
    if (run !== null && (await runs.standing(opened.repository, run)).status === 'live') return true;
  }
  return false;
}
