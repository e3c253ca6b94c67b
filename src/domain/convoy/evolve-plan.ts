import type { FoldedEvent, FoldedEventOf } from '../event.ts';
import type { Convoy, PlanState } from './state.ts';

type PlanEvent = FoldedEventOf<'PlanProposed' | 'PlanApproved' | 'PlanRejected'>;

/** A convoy after its plan was proposed, approved or refused. A refused plan's beads are gone, as if never made. */
export function evolvePlan(state: Convoy, event: PlanEvent): Convoy {
  const { plan } = state;
  switch (event.type) {
    case 'PlanProposed': {
      const { planHash: hash, beads } = event.data;
      return { ...state, plan: { ...plan, proposed: { hash, beads, stale: false } } };
    }
    case 'PlanApproved': {
      const approved = new Set([...plan.approved, ...(plan.proposed?.beads ?? [])]);
      return { ...state, plan: { ...plan, approved, proposed: null } };
    }
    case 'PlanRejected': {
      const { beads: dropped, guidance } = event.data;
      const beads = new Map([...state.beads].filter(([number]) => !dropped.includes(number)));
      // A Mayor that has reported can't be spoken to any more: another one reads the guidance.
      const mayor = state.mayor?.reported ? null : state.mayor;
      const told = { ...plan, proposed: null, refused: true, guidance: [...plan.guidance, guidance] };
      return { ...state, beads, mayor, plan: told };
    }
  }
}

const changing: ReadonlySet<FoldedEvent['type']> = new Set([
  'BeadCreated',
  'BeadEdited',
  'BeadNeedsChanged',
  'BeadSlung',
  'BeadQuarantined',
]);

/** The plan after an event about a bead: one that was proposed and has changed since can't be approved as it was. */
export function planAfterBead(plan: PlanState, event: FoldedEvent): PlanState {
  if (!changing.has(event.type)) return plan;
  const refused = plan.refused && event.type !== 'BeadCreated';
  return { ...plan, refused, proposed: plan.proposed && { ...plan.proposed, stale: true } };
}
