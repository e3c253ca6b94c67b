import { grantLease } from '../../domain/convoy/decisions/grant-lease.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { effectOf } from '../../domain/convoy/mirror-receipts.ts';
import { runOfOrder, runSubject } from '../../domain/convoy/run-receipts.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import { refuse } from '../../domain/event.ts';
import { refusal } from '../../domain/refusal.ts';
import type { RunAnswer } from '../../domain/run/run-request.ts';
import { leaseEnd } from '../dispatch/hand-out.ts';
import { pushShared } from '../dispatch/share-git.ts';
import { runnerOfRun } from '../ports/bead-runs.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import type { Claimant, Decide } from './obey-request.ts';

/**
 * Gives a bead to the run that was ordered for it and to no other, after the head that it starts from was brought to where
 * the run can fetch it. Null while GitHub has not confirmed which run that is.
 */
export async function claimBead(
  town: Town,
  claimant: Claimant,
  number: number,
  decide: (decision: Decide) => Promise<RunAnswer>,
): Promise<RunAnswer | null> {
  const { stream, order, run, session } = claimant;
  const { state: convoy } = town.ledger.load(stream, convoyFold);
  const effect = convoy === null ? null : effectOf(convoy, 'workflow-run', runSubject(order));
  if (convoy === null || effect === null || (runOfOrder(convoy, order) ?? run) !== run) {
    return { number, status: 'refused', rule: 'not-ordered', text: 'The town ordered no such run.' };
  }
  if (effect.status !== 'confirmed') return null;
  await shareHead(town, convoy);
  const { head } = convoy;
  const answer = await decide((state) => {
    if (state !== null && state.head !== head) {
      return refuse(refusal('head-moved', 'The head moved on while the bead was handed out.'));
    }
    const request = { bead: order.bead, session, runner: runnerOfRun(run), until: leaseEnd(town) };
    return grantLease(state, request);
  });
  const again = answer.status === 'refused' && answer.rule === 'head-moved';
  return again ? claimBead(town, claimant, number, decide) : answer;
}

async function shareHead(town: Town, { opened, head }: Convoy): Promise<void> {
  const { repository, issue, base } = opened;
  if (head === base.commit) return;
  const store = await town.git.open(repository.id);
  const hub = await openHub(town, repository);
  await pushShared(store, await hub.gitRemote(), `refs/gas-town/git/${issue}/head`, head);
}
