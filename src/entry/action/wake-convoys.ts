import { parseConvoyStream } from '../../domain/convoy/convoy-stream.ts';
import { nextSteps } from '../../domain/convoy/next-steps.ts';
import { refsPrefix, streamOf } from '../../ledger/git-refs/stream-refs.ts';
import type { ActionTown } from './action-town.ts';
import { followConvoy } from './follow-convoy.ts';
import type { Job } from './job-task.ts';

/** The numbers of the convoys whose refs are there, which are those that have not ended. */
export async function liveConvoys(
  { ledger }: Pick<ActionTown, 'ledger'>,
  { rig }: Job,
): Promise<readonly number[]> {
  const refs = await ledger.list(`${refsPrefix}convoy/`);
  return refs.flatMap((ref) => {
    const stream = streamOf(ref, rig.id);
    return stream === null ? [] : (parseConvoyStream(stream)?.issue ?? []);
  });
}

/** The clock of a town with no server: starts a run that settles for each convoy that waits for anything. */
export async function wakeConvoys(parts: ActionTown, job: Job): Promise<readonly number[]> {
  const { town, ledger } = parts;
  const woken: number[] = [];
  for (const issue of await liveConvoys(parts, job)) {
    const followed = await followConvoy(ledger, job.rig, issue);
    if (followed === null || nextSteps(followed.convoy).length === 0) continue;
    await town.runs?.start({ rig: job.rig, issue, bead: null, order: `${issue}.clock` });
    woken.push(issue);
  }
  return woken;
}
