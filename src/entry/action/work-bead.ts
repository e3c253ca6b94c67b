import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { handOut } from '../../town/dispatch/hand-out.ts';
import { openJobTown } from '../../town/open-job-town.ts';
import type { ActionTown } from './action-town.ts';
import { checkHeads } from './check-heads.ts';
import { fetchConvoyCommits, followConvoy } from './follow-convoy.ts';
import { followMeanwhile } from './follow-meanwhile.ts';
import type { Job } from './job-task.ts';

/** Takes one bead, if it is still to be taken, and works it to its end. One run is one polecat. */
export async function workBead(
  { town, ledger, remote, lookMs }: ActionTown,
  given: Job,
  { issue, bead }: { readonly issue: number; readonly bead: number },
  hopeless: Promise<never>,
): Promise<Convoy | null> {
  const followed = await followConvoy(ledger, given.rig, issue);
  const stream = convoyStream(given.rig.id, issue);
  await checkHeads({ town, ledger }, given, { stream, issue });
  if (followed === null) return null;
  await handOut(town, stream, bead);
  const lease = () => ledger.load(stream, convoyFold).state?.beads.get(bead)?.lease ?? null;
  if (lease()?.runner === town.runner) {
    await fetchConvoyCommits(await town.git.open(given.rig.id), await remote(), followed.convoy);
    // The bead is worked here; a run is only ordered by who settles.
    const { runs: _, ...alone } = town;
    const job = openJobTown(alone, [stream], () => Promise.resolve(), {
      takes: (_stream, step) =>
        step.kind === 'polecat' && step.session === lease()?.session && lease()?.runner === town.runner,
      mirrors: false,
    });
    const following = followMeanwhile(ledger, stream, {
      everyMs: lookMs,
      onTrouble: (error) =>
        town.onProgress({
          kind: 'trouble',
          convoy: stream,
          step: 'look for news of the convoy',
          message: error instanceof Error ? error.message : String(error),
          retryInMs: lookMs,
        }),
    });
    try {
      await Promise.race([job.done(), hopeless, following.broken]);
    } finally {
      await following.close();
      await job.close();
      await town.sandboxes.removeConvoy(stream);
    }
  }
  return ledger.load(stream, convoyFold).state;
}
