import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { returnBead } from './return-bead.ts';
import { openConvoy } from './rules.ts';

/** Records that a session of the Refinery's agent works for this convoy. */
export function startRefinery(state: ConvoyState, started: EventData['RefineryStarted']): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (open.value.refinery.some((one) => one.session === started.session)) return accept();
  return accept({ type: 'RefineryStarted', data: started });
}

/** Records the verdict of a session, once. */
export function reportRefinery(state: ConvoyState, word: EventData['RefineryReported']): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const known = open.value.refinery.find((one) => one.session === word.session);
  if (known === undefined) {
    return refuse(refusal('refinery-unknown', 'No such session of the Refinery works for this convoy.'));
  }
  return known.verdict === null ? accept({ type: 'RefineryReported', data: word }) : accept();
}

/** Records that a session gave up on a bead, and sends the bead back, in one append. */
export function escalateBead(
  state: ConvoyState,
  given: {
    readonly session: string;
    readonly report: string;
    readonly bead: number;
    readonly reason: string;
    readonly output: string;
  },
): Decision<Refusal> {
  const { session, report, bead, reason, output } = given;
  const reported = reportRefinery(state, { session, verdict: 'ESCALATION', report });
  if (!reported.accepted) return reported;
  const returned = returnBead(state, { bead, reason, output });
  return returned.accepted ? accept(...reported.events, ...returned.events) : returned;
}
