import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import { noteLengthMax } from '../limits.ts';
import { isPlanGated, isProposalDue, plannedBeads } from '../plan-gate.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Shows the plan for approval, under the hash of it; once for each plan. */
export function proposePlan(state: ConvoyState, planHash: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (!isProposalDue(open.value)) return accept();
  const beads = plannedBeads(open.value).map(({ number }) => number);
  return accept({ type: 'PlanProposed', data: { planHash, beads } });
}

/** A person's word that exactly the plan with this hash may be worked. */
export function approvePlan(
  state: ConvoyState,
  approval: { readonly hash: string; readonly by: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { proposed } = open.value.plan;
  if (proposed?.hash !== approval.hash) {
    return refuse(refusal('no-such-plan', `No plan with the hash ${approval.hash} waits for approval.`));
  }
  if (proposed.stale) {
    return refuse(
      refusal(
        'plan-changed',
        'The plan has changed since it was shown: it is shown anew, under another hash.',
      ),
    );
  }
  return accept({ type: 'PlanApproved', data: { planHash: approval.hash, by: approval.by } });
}

/** Drops the plan that waits for approval and has another one made, with a person's guidance. */
export function rejectPlan(
  state: ConvoyState,
  rejection: { readonly guidance: string; readonly by: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const { proposed } = open.value.plan;
  if (!isPlanGated(open.value) || proposed === null) {
    return refuse(refusal('no-plan', 'No plan waits for approval here.'));
  }
  const beads = [...open.value.beads.values()]
    .filter((bead) => bead.attempts === 0 && !open.value.plan.approved.has(bead.number))
    .filter((bead) => !bead.createdBy.startsWith('overseer:'))
    .map(({ number }) => number);
  const guidance = rejection.guidance.trim().slice(0, noteLengthMax);
  return accept({
    type: 'PlanRejected',
    data: { planHash: proposed.hash, by: rejection.by, guidance, beads },
  });
}
