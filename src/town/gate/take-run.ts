import { liveRuns } from '../../domain/convoy/run-receipts.ts';
import { recordRunEnd, recordRunStart, type ToldRun } from '../runs/record-run.ts';
import type { Town } from '../town.ts';
import { convoysOf } from './convoys-of.ts';
import type { JobPayload, RunPayload } from './deliveries.ts';

/** The job of a run has found a runner, or is over. */
export async function takeJob(town: Town, payload: JobPayload, cause: string): Promise<void> {
  const { run_id, conclusion } = payload.workflow_job;
  const told = toldRun(town, payload.repository.id, run_id, cause);
  if (told === null) return;
  if (payload.action === 'in_progress') await recordRunStart(town, told);
  else await recordRunEnd(town, told, conclusion ?? 'unknown');
}

/** A run is over, also one that never had a job. */
export async function takeRun(town: Town, payload: RunPayload, cause: string): Promise<void> {
  const { id, conclusion } = payload.workflow_run;
  const told = toldRun(town, payload.repository.id, id, cause);
  if (told !== null) await recordRunEnd(town, told, conclusion ?? 'unknown');
}

/** Null for a run that none of our convoys ordered. */
function toldRun(town: Town, rig: number, run: number, cause: string): ToldRun | null {
  for (const { stream, convoy } of convoysOf(town, rig)) {
    const live = liveRuns(convoy).find((one) => one.run === run);
    if (live !== undefined) return { stream, bead: live.bead, run, cause };
  }
  return null;
}
