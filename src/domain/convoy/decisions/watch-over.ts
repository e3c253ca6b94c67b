import { accept, type Decision, type NewEvent, refuse } from '../../event.ts';
import type { HealthVerdict } from '../../patrol/events.ts';
import { type Finding, openCheck } from '../../patrol/patrol-state.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { quarantineAfter } from './quarantine-bead.ts';
import { beadThatMay, heldBy, openConvoy } from './rules.ts';

/** Records what a rule of the Witness's found where nothing changes by it: the session, or people, are told. */
export function recordFinding(state: ConvoyState, finding: Finding): Decision<Refusal> {
  const open = openConvoy(state);
  return open.ok ? accept({ type: 'WitnessFound', data: finding }) : refuse(open.refusal);
}

/**
 * Takes a bead from a session that was given up: back to the others, or into quarantine. Refused when the session has
 * closed it meanwhile, or has renewed the lease that was thought to have run out at `now` (ISO 8601).
 */
export function takeAway(
  state: ConvoyState,
  taking: {
    readonly finding: Finding & { readonly bead: number; readonly session: string };
    readonly summary: string;
    readonly now: string;
    readonly leaseRanOut: boolean;
  },
): Decision<Refusal> {
  const { finding, summary, now, leaseRanOut } = taking;
  const may = beadThatMay(state, finding.bead, 'BeadReleased');
  if (!may.ok) return refuse(may.refusal);
  const { bead, convoy } = may.value;
  const stranger = heldBy(bead, finding.session);
  if (stranger) return refuse(stranger);
  if (leaseRanOut && bead.lease && Date.parse(bead.lease.until) > Date.parse(now)) {
    return refuse(refusal('lease-renewed', `Bead ${bead.number} has been heard of again.`));
  }
  const about = { bead: bead.number, attempt: bead.attempts };
  const reason = `the Witness gave it up: ${finding.detail}`;
  const expired: NewEvent[] = leaseRanOut ? [{ type: 'LeaseExpired', data: about }] : [];
  const quarantine: readonly NewEvent[] =
    finding.action === 'quarantine'
      ? [{ type: 'BeadQuarantined', data: { bead: bead.number, reason } }]
      : quarantineAfter(convoy, bead, reason);
  return accept(
    { type: 'WitnessFound', data: finding },
    ...expired,
    { type: 'BeadReleased', data: { ...about, reason, summary } },
    ...quarantine,
  );
}

/** A person asks how the convoy stands; one report is made at a time. */
export function askWitness(state: ConvoyState, by: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (openCheck(open.value.patrol)) {
    return refuse(
      refusal('witness-at-work', 'The Witness is looking already; its report will be here soon.'),
    );
  }
  return accept({ type: 'WitnessAsked', data: { by } });
}

/** Records the session that makes the report which was asked for. */
export function startWitness(state: ConvoyState, session: string): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  const check = openCheck(open.value.patrol);
  if (check === null) return refuse(refusal('witness-not-asked', 'Nobody waits for a health report.'));
  return check.session === null ? accept({ type: 'WitnessStarted', data: { session } }) : accept();
}

/** Records a health report, or (with no verdict) why there is none. */
export function reportHealth(
  state: ConvoyState,
  word: { readonly session: string; readonly verdict: HealthVerdict | null; readonly report: string },
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (openCheck(open.value.patrol)?.session !== word.session) return accept();
  return accept({ type: 'WitnessReported', data: word });
}
