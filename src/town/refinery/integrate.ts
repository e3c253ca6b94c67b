import { isHeld } from '../../domain/bead/derive.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { queueOrder } from '../../domain/merge-queue/queue-order.ts';
import type { Town } from '../town.ts';
import { assembleBatch, type Batch, type ConflictedBead } from './assemble-batch.ts';
import { alignBranch } from './convoy-refs.ts';
import { landBatch } from './land-batch.ts';
import { refineryDesk } from './refinery-desk.ts';
import { resolveConflict } from './resolve-conflict.ts';

/**
 * Works the convoy's merge queue until it is empty. Every bead in it lands or goes back: none is dropped. It holds nothing in
 * memory that the ledger and the repository don't, so it can be cut off at any point and called again.
 */
export async function integrate(town: Town, stream: StreamId, signal: AbortSignal): Promise<void> {
  const desk = await refineryDesk(town, stream);
  for (;;) {
    signal.throwIfAborted();
    const convoy = desk.convoy();
    await alignBranch(desk.store, convoy);
    const waiting = convoy.ended ? [] : queueOrder(convoy.beads);
    const queue = waiting.filter((bead) => !isHeld(convoy.approved, bead));
    if (queue.length === 0) return;
    const batch = await assembleBatch(desk, queue);
    const conflict = conflictToResolve(convoy, batch);
    if (conflict) await resolveConflict(desk, conflict, signal);
    else if (batch.merged.length > 0) await landBatch(desk, batch, signal);
  }
}

/**
 * Clean merges go first because they cost no agent. Before them go a conflict that an agent has begun to resolve, since its
 * container holds this very head, and one that clean merges have overtaken before.
 */
function conflictToResolve(convoy: Convoy, { conflicted, merged, onto }: Batch): ConflictedBead | null {
  const begun = conflicted.find(({ bead }) =>
    convoy.refinery.some((one) => one.bead === bead.number && one.why === 'conflict' && one.verdict === null),
  );
  const overtaken = conflicted.find(({ bead, theirs }) =>
    convoy.conflicts.some((one) => one.bead === bead.number && one.commit === theirs && one.onto !== onto),
  );
  return begun ?? overtaken ?? (merged.length === 0 ? (conflicted[0] ?? null) : null);
}
