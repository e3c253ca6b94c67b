import { convoyFold } from '../../domain/convoy/evolve.ts';
import { liveRuns } from '../../domain/convoy/run-receipts.ts';
import type { StreamId } from '../../domain/event.ts';
import { currentRef } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { recordRunEnd, recordRunStart } from './record-run.ts';

/** Asks GitHub for the runs of convoys that are not known to be over, for the case that nobody told. Tells trouble, and goes on. */
export async function learnRunEnds(town: Town, convoys: readonly StreamId[]): Promise<void> {
  if (town.runs === undefined) return;
  for (const stream of convoys) {
    const { state } = town.ledger.load(stream, convoyFold);
    for (const { run, bead } of state === null ? [] : liveRuns(state)) {
      if (run === null || state === null) continue;
      try {
        const standing = await town.runs.standing(currentRef(town, state.opened.repository), run);
        const by = { stream, bead, run, cause: `run:${run}` };
        if (standing.status === 'ended') await recordRunEnd(town, by, standing.how);
        else if (standing.started) await recordRunStart(town, by);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        town.onProgress({ kind: 'trouble', convoy: stream, step: `run ${run}`, message, retryInMs: null });
      }
    }
  }
}
