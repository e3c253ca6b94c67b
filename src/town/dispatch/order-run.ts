import { isReady } from '../../domain/bead/derive.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { orderFor, runOfOrder, runSubject } from '../../domain/convoy/run-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { type OrderParts, orderName } from '../../domain/run/order.ts';
import { ensureEffect } from '../mirror/ensure-effect.ts';
import type { BeadRuns, RunOrder } from '../ports/bead-runs.ts';
import type { Town } from '../town.ts';

/** A run may end before it has taken its bead this often; then something is wrong that another run would not mend. */
const runsMax = 3;

/** The runs that were ordered for a bead came to an end without one of them taking it. */
export class RunsLost extends Error {
  override readonly name = 'RunsLost';
  readonly bead: number;
  readonly how: string;
  constructor(bead: number, how: string) {
    super(`${runsMax} runs for bead ${bead} ended (${how}) before they took it: look at their logs.`);
    this.bead = bead;
    this.how = how;
  }
}

/**
 * Sees to it that one run is on its way to work a ready bead: orders one where there is none, and another where the last
 * one ended without having taken the bead. Rejects with `RunsLost` after too many of them.
 */
export async function orderRun(town: Town, stream: StreamId, number: number, runs: BeadRuns): Promise<void> {
  for (let turn = 1; turn <= runsMax; turn += 1) {
    const { state: convoy } = town.ledger.load(stream, convoyFold);
    const bead = convoy?.beads.get(number);
    if (!convoy || bead === undefined || !isReady(convoy.beads, bead)) return;
    const order = orderFor(convoy, bead, turn);
    const run = runOfOrder(convoy, order);
    if (run === null) return placeOrder(town, stream, { ...order, rig: convoy.opened.repository }, runs);
    const how = await endOf(convoy, run, runs);
    if (how === null) return;
    if (turn === runsMax) throw new RunsLost(number, how);
  }
}

async function placeOrder(
  town: Town,
  stream: StreamId,
  order: OrderParts & Pick<RunOrder, 'rig'>,
  runs: BeadRuns,
): Promise<void> {
  const asked = { rig: order.rig, issue: order.issue, bead: order.bead, order: orderName(order) };
  await ensureEffect(town, stream, {
    kind: 'workflow-run',
    subject: runSubject(order),
    detail: { bead: order.bead },
    perform: async () => ({ run: await runs.start(asked) }),
    find: async () => {
      const run = await runs.find(asked);
      return run === null ? null : { run };
    },
  });
}

/** How a run ended; null: it has not. */
async function endOf(convoy: Convoy, run: number, runs: BeadRuns): Promise<string | null> {
  const known = convoy.endedRuns.get(run);
  if (known !== undefined) return known;
  const standing = await runs.standing(convoy.opened.repository, run);
  return standing.status === 'ended' ? standing.how : null;
}
