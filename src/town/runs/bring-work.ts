import type { Outcome } from '../../domain/convoy/events.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import type { Claimant } from './obey-request.ts';

/** Fetches what a run says it made; a sentence where that is not there, or did not grow from what the bead started from. */
export async function bringWork(
  town: Town,
  { stream, order, session }: Claimant,
  outcome: Outcome,
): Promise<string | null> {
  const { state } = town.ledger.load(stream, convoyFold);
  const lease = state?.beads.get(order.bead)?.lease;
  // Without a lease of its own it is refused for that.
  if (!state || outcome.kind !== 'change' || lease?.session !== session) return null;
  const { repository, issue } = state.opened;
  const store = await town.git.open(repository.id);
  const hub = await openHub(town, repository);
  const ref = `refs/gas-town/work/${issue}.${order.bead}`;
  await store.fetch(await hub.gitRemote(), [`+${ref}:${ref}`]);
  if ((await store.resolve(`${outcome.commit}^{commit}`)) === null) {
    return `Commit ${outcome.commit} is not on ${ref}.`;
  }
  const grew = outcome.base === lease.from && (await store.isAncestor(lease.from, outcome.commit));
  return grew ? null : `Commit ${outcome.commit} did not grow from ${lease.from}, where the bead began.`;
}
