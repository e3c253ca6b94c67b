import { grantLease } from '../../domain/convoy/decisions/grant-lease.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import { patrolLimits } from '../../domain/patrol/patrol-limits.ts';
import type { Town } from '../town.ts';

/** Hands a ready bead to this runner. A refusal means that another was faster, or that it isn't ready any more. */
export async function handOut(town: Town, stream: StreamId, bead: number): Promise<void> {
  const session = town.newId();
  const until = leaseEnd(town);
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: 'town',
    cause: `sling:${bead}`,
    decide: (state) => grantLease(state, { bead, session, runner: town.runner, until }),
  });
}

/** When a lease that is granted or renewed now runs out, unless it is renewed. */
export function leaseEnd(town: Town): string {
  const leaseMs = town.patrol?.leaseMs ?? patrolLimits.leaseMs;
  return new Date(town.clock().getTime() + leaseMs).toISOString();
}
