import { z } from 'zod';
import type { Bead } from '../bead/bead.ts';
import type { OrderParts } from '../run/order.ts';
import { effectOf } from './mirror-receipts.ts';
import type { Convoy } from './state.ts';

const receipt = z.object({ run: z.int() });
const subject = /^bead (\d+) attempt (\d+) run (\d+)$/;

/** A run that was ordered for a bead; `run` null: GitHub has not confirmed it yet. */
export interface OrderedRun extends OrderParts {
  readonly run: number | null;
}

/** Whether its beads are worked by runs of GitHub Actions, each on a runner of its own. */
export const worksOnRuns = ({ opened }: Convoy): boolean => opened.settings.runner === 'actions';

/** What the effect that orders a run is about. */
export const runSubject = ({ bead, attempt, turn }: Omit<OrderParts, 'issue'>): string =>
  `bead ${bead} attempt ${attempt} run ${turn}`;

/** The order for a ready bead's next attempt. */
export const orderFor = ({ opened }: Convoy, bead: Bead, turn: number): OrderParts => ({
  issue: opened.issue,
  bead: bead.number,
  attempt: bead.attempts + 1,
  turn,
});

/** The number of the run that answers an order; null where there is none, or GitHub has not confirmed it yet. */
export function runOfOrder(convoy: Convoy, order: OrderParts): number | null {
  const parsed = receipt.safeParse(effectOf(convoy, 'workflow-run', runSubject(order))?.receipt);
  return parsed.success ? parsed.data.run : null;
}

/** Every run that was ordered for a convoy's beads and is not known to be over. */
export function liveRuns(convoy: Convoy): readonly OrderedRun[] {
  return convoy.effects.flatMap((effect) => {
    const match = effect.kind === 'workflow-run' ? subject.exec(effect.subject) : null;
    if (match === null) return [];
    const [bead = 0, attempt = 0, turn = 0] = match.slice(1).map(Number);
    const parsed = receipt.safeParse(effect.receipt);
    const run = parsed.success ? parsed.data.run : null;
    if (run === null ? effect.status === 'failed' : convoy.endedRuns.has(run)) return [];
    return [{ issue: convoy.opened.issue, bead, attempt, turn, run }];
  });
}
