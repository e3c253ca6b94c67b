import type { Bead, Lease } from '../bead/bead.ts';
import type { FoldedEvent, FoldedEventOf } from '../event.ts';
import type { Drafts } from './drafts.ts';

const beadEventTypes = [
  'BeadCreated',
  'BeadEdited',
  'BeadNeedsChanged',
  'BeadSlung',
  'BeadNoted',
  'BeadBlocked',
  'BeadUnblocked',
  'BeadClosed',
  'BeadReleased',
  'BeadQuarantined',
  'BeadLanded',
  'BeadReturned',
  'BeadHeld',
  'LeaseGranted',
  'LeaseRenewed',
] as const;

type BeadEvent = FoldedEventOf<(typeof beadEventTypes)[number]>;

export function isBeadEvent(event: FoldedEvent): event is BeadEvent {
  return (beadEventTypes as readonly string[]).includes(event.type);
}

/** The beads of a convoy after one more event about one of them. */
export function evolveBead(
  beads: ReadonlyMap<number, Bead>,
  event: BeadEvent,
  drafts: Drafts,
): ReadonlyMap<number, Bead> {
  const before = beads.get(event.data.bead);
  if (event.type === 'BeadCreated') return drafts.map(beads).set(event.data.bead, created(event));
  if (before === undefined) return beads;
  const since = unmoving.has(event.type) ? before.since : event.at;
  return drafts.map(beads).set(before.number, { ...before, ...changeOf(before, event), since });
}

/** What is said of a bead, or of who holds it, without its getting any further. */
const unmoving: ReadonlySet<string> = new Set(['BeadEdited', 'BeadNoted', 'LeaseRenewed']);

function created(event: FoldedEventOf<'BeadCreated'>): Bead {
  const { bead, title, description, acceptance, needs } = event.data;
  return {
    number: bead,
    title,
    description,
    acceptance,
    needs,
    createdBy: event.actor,
    status: 'open',
    since: event.at,
    slung: false,
    topic: '',
    notes: [],
    attempts: 0,
    lease: null,
    failures: [],
    outcome: null,
    closedBy: null,
    closedAtVersion: null,
    landedAs: null,
    held: null,
    blockedBecause: null,
    quarantined: false,
  };
}

function changeOf(bead: Bead, event: Exclude<BeadEvent, { type: 'BeadCreated' }>): Partial<Bead> {
  switch (event.type) {
    case 'BeadEdited': {
      const { title, description, acceptance } = event.data;
      return { title, description, acceptance };
    }
    case 'BeadNeedsChanged':
      return { needs: event.data.needs };
    case 'BeadSlung':
      return { slung: true, topic: event.data.topic };
    case 'BeadNoted':
      return { notes: [...bead.notes, { by: event.actor, text: event.data.note, at: event.at }] };
    case 'LeaseGranted': {
      const { bead: _, ...lease } = event.data;
      return { status: 'in_progress', attempts: lease.attempt, lease };
    }
    case 'LeaseRenewed':
      return bead.lease === null ? {} : { lease: { ...bead.lease, ...renewed(event.data) } };
    case 'BeadClosed':
      return {
        status: 'closed',
        lease: null,
        outcome: event.data.outcome,
        closedBy: event.data.session,
        closedAtVersion: event.version,
        held: null,
      };
    case 'BeadHeld':
      return { held: { hash: event.data.hash, paths: event.data.paths, diff: event.data.diff ?? '' } };
    case 'BeadLanded':
      return { landedAs: event.data.commit };
    default:
      return setback(bead, event);
  }
}

function renewed({ until, runner }: { until: string; runner?: string | undefined }): Partial<Lease> {
  return runner === undefined ? { until } : { until, runner };
}

function setback(
  bead: Bead,
  event: FoldedEventOf<'BeadReleased' | 'BeadReturned' | 'BeadBlocked' | 'BeadUnblocked' | 'BeadQuarantined'>,
): Partial<Bead> {
  switch (event.type) {
    case 'BeadReleased': {
      const { attempt, reason, summary } = event.data;
      const failure = { attempt, how: 'released', reason, detail: summary } as const;
      return { status: 'open', lease: null, failures: [...bead.failures, failure] };
    }
    case 'BeadReturned': {
      const { attempt, reason, output } = event.data;
      const failure = { attempt, how: 'returned', reason, detail: output } as const;
      return {
        status: 'open',
        outcome: null,
        closedBy: null,
        closedAtVersion: null,
        failures: [...bead.failures, failure],
      };
    }
    case 'BeadBlocked':
      return { status: 'blocked', lease: null, blockedBecause: event.data.reason };
    case 'BeadUnblocked':
      return { status: 'open', blockedBecause: null, quarantined: false, failures: [] };
    case 'BeadQuarantined':
      return {
        status: 'blocked',
        lease: null,
        outcome: null,
        closedBy: null,
        closedAtVersion: null,
        quarantined: true,
        blockedBecause: event.data.reason,
      };
  }
}
