import { z } from 'zod';
import { isReady } from '../../domain/bead/derive.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { effectOf } from '../../domain/convoy/mirror-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import { ensureEffect } from '../mirror/ensure-effect.ts';
import type { BeadRuns, RunOrder } from '../ports/bead-runs.ts';
import type { Town } from '../town.ts';

const kind = 'workflow-run';
const receipt = z.object({ run: z.int() });

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
    const convoy = readyConvoy(town, stream, number);
    if (convoy === null) return;
    const subject = subjectOf(convoy, number, turn);
    const before = receipt.safeParse(effectOf(convoy, kind, subject)?.receipt);
    const order = orderOf(convoy, number, subject);
    if (!before.success) {
      await ensureEffect(town, stream, {
        kind,
        subject,
        detail: { bead: number },
        perform: async () => ({ run: await runs.start(order) }),
        find: async () => {
          const run = await runs.find(order);
          return run === null ? null : { run };
        },
      });
      return;
    }
    const standing = await runs.standing(convoy.opened.repository, before.data.run);
    if (standing.status === 'live') return;
    if (turn === runsMax) throw new RunsLost(number, standing.how);
  }
}

function readyConvoy(town: Town, stream: StreamId, number: number): Convoy | null {
  const { state } = town.ledger.load(stream, convoyFold);
  const bead = state?.beads.get(number);
  return state !== null && bead !== undefined && isReady(state.beads, bead) ? state : null;
}

function subjectOf(convoy: Convoy, number: number, turn: number): string {
  const attempt = (convoy.beads.get(number)?.attempts ?? 0) + 1;
  return `bead ${number} attempt ${attempt} run ${turn}`;
}

function orderOf(convoy: Convoy, bead: number, subject: string): RunOrder {
  const { repository: rig, issue } = convoy.opened;
  return { rig, issue, bead, order: `${issue}.${subject.replaceAll(/[a-z]+ /g, '').replaceAll(' ', '.')}` };
}
