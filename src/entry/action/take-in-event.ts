import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { rigStream } from '../../domain/rig/rig-stream.ts';
import { openJobTown } from '../../town/open-job-town.ts';
import type { ActionEnvironment } from './action-environment.ts';
import type { ActionTown } from './action-town.ts';
import { checkHeads } from './check-heads.ts';
import { eventKey } from './event-key.ts';
import { followConvoy } from './follow-convoy.ts';
import type { Job } from './job-task.ts';
import { standingConvoys } from './wake-convoys.ts';

/** Takes in the event that started the job: an order, a command, a review. What comes of it is settled by the next job. */
export async function takeInEvent(
  parts: ActionTown,
  job: Job,
  given: ActionEnvironment,
  issue: number | null,
): Promise<Convoy | null> {
  const { town, ledger, probot } = parts;
  await ledger.follow([rigStream(job.rig.id)]);
  await followConcerned(parts, job, issue);
  const before = ledger.readAll(0, Number.MAX_SAFE_INTEGER).length;
  const open = openJobTown(town, [], () => ledger.publish(), { takes: () => false, mirrors: false });
  try {
    const guid = eventKey(given.event, given.payload);
    await probot.receive({ guid, event: given.event, payload: given.payload }, async (event) => {
      await open.receive(event);
    });
    await open.done();
    const parked = ledger.inbox.parked()[0];
    if (parked) throw new Error(`The event could not be handled: ${parked.reason}`);
  } finally {
    await open.close();
  }
  const touched = ledger
    .readAll(before, Number.MAX_SAFE_INTEGER)
    .findLast(({ stream }) => stream.startsWith('convoy/'));
  return touched === undefined ? null : ledger.load(touched.stream, convoyFold).state;
}

/**
 * Brings those convoys here that the event can be about. An issue without a convoy of its own shows a bead, or has none yet,
 * or its convoy has ended, or someone took its ref away: then none may begin anew.
 */
async function followConcerned(parts: ActionTown, job: Job, issue: number | null): Promise<void> {
  const { ledger } = parts;
  if (issue !== null) {
    if ((await followConvoy(ledger, job.rig, issue)) !== null) return;
    await checkHeads(parts, job, { stream: convoyStream(job.rig.id, issue), issue });
  }
  const { live } = await standingConvoys(parts, job);
  for (const one of live) await followConvoy(ledger, job.rig, one);
}
