import { grantLease } from '../../domain/convoy/decisions/grant-lease.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';

/** A lease outlives the longest silence of a worker that is still there. */
export const leaseMs = 30 * 60_000;

/** Hands a ready bead to this runner. A refusal means that another was faster, or that it isn't ready any more. */
export async function handOut(town: Town, stream: StreamId, bead: number): Promise<void> {
  const session = town.newId();
  const until = new Date(town.clock().getTime() + leaseMs).toISOString();
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'town',
    cause: `sling:${bead}`,
    decide: (state) => grantLease(state, { bead, session, runner: town.runner, until }),
  });
}
