import type { EventType } from '../event-types.ts';
import type { Bead, BeadStatus } from './bead.ts';

/** Where a bead stands for the table below: its status, with `landed` told apart from `closed`. */
export type Standing = BeadStatus | 'landed';

export interface Transition {
  readonly from: Standing;
  readonly event: EventType;
  readonly to: Standing;
  readonly rule: string;
}

/** Every change of a bead's standing that may happen. What is not here is refused; the documents are made from it. */
export const transitions: readonly Transition[] = [
  { from: 'open', event: 'BeadSlung', to: 'open', rule: 'an open bead can be ordered once' },
  {
    from: 'open',
    event: 'LeaseGranted',
    to: 'in_progress',
    rule: 'ordered, its needs landed, nobody holds it',
  },
  {
    from: 'in_progress',
    event: 'BeadClosed',
    to: 'closed',
    rule: 'by its holder, with a change or the reason for none',
  },
  { from: 'in_progress', event: 'BeadReleased', to: 'open', rule: 'the attempt came to nothing' },
  { from: 'in_progress', event: 'BeadBlocked', to: 'blocked', rule: 'it waits for something outside' },
  { from: 'blocked', event: 'BeadUnblocked', to: 'open', rule: 'what it waited for is there' },
  { from: 'closed', event: 'BeadLanded', to: 'landed', rule: 'its change is in the verified head' },
  { from: 'closed', event: 'BeadHeld', to: 'closed', rule: 'its change waits for a person to approve it' },
  { from: 'closed', event: 'BeadReturned', to: 'open', rule: 'it could not be integrated as it is' },
  { from: 'open', event: 'BeadQuarantined', to: 'blocked', rule: 'it failed too often' },
  { from: 'closed', event: 'BeadQuarantined', to: 'blocked', rule: 'it failed too often' },
  { from: 'landed', event: 'BeadReopened', to: 'landed', rule: 'what was landed is mended by a new bead' },
];

export function standingOf(bead: Bead): Standing {
  return bead.landedAs === null ? bead.status : 'landed';
}

/** The transition that an event would be for a bead, or null when the table has none. */
export function transitionFor(bead: Bead, event: EventType): Transition | null {
  const from = standingOf(bead);
  return transitions.find((t) => t.from === from && t.event === event) ?? null;
}
