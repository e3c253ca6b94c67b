import { accept, type Decision, refuse } from '../../event.ts';
import type { Refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { heldBy, knownBead } from './rules.ts';

/** Prolongs a lease, for the runner that works it now; refused when the bead was given back or closed meanwhile. */
export function renewLease(
  state: ConvoyState,
  renewal: {
    readonly bead: number;
    readonly session: string;
    readonly runner: string;
    /** ISO 8601. */
    readonly until: string;
  },
): Decision<Refusal> {
  const known = knownBead(state, renewal.bead);
  if (!known.ok) return refuse(known.refusal);
  const { bead } = known.value;
  const stranger = heldBy(bead, renewal.session);
  if (stranger) return refuse(stranger);
  const { until, runner } = renewal;
  return accept({
    type: 'LeaseRenewed',
    data: { bead: bead.number, attempt: bead.attempts, until, runner },
  });
}
