import { isReady, undeliveredNeeds } from '../../bead/derive.ts';
import { accept, type Decision, refuse } from '../../event.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { beadThatMay } from './rules.ts';

export interface LeaseRequest {
  readonly bead: number;
  readonly session: string;
  readonly runner: string;
  /** ISO 8601: when it runs out if it isn't renewed. */
  readonly until: string;
}

/** Hands a ready bead to a runner. One winner by construction: the second finds it in progress. */
export function grantLease(state: ConvoyState, request: LeaseRequest): Decision<Refusal> {
  const may = beadThatMay(state, request.bead, 'LeaseGranted');
  if (!may.ok) return refuse(may.refusal);
  const { bead, convoy } = may.value;
  if (convoy.paused) return refuse(refusal('convoy-paused', 'The convoy is paused.'));
  if (!isReady(convoy.beads, bead)) {
    const missing = undeliveredNeeds(convoy.beads, bead);
    const why = bead.slung ? `it waits for ${missing.join(', ')}` : 'nobody has slung it';
    return refuse(refusal('bead-not-ready', `Bead ${bead.number} can't start: ${why}.`));
  }
  return accept({
    type: 'LeaseGranted',
    data: { ...request, attempt: bead.attempts + 1, from: convoy.head },
  });
}
