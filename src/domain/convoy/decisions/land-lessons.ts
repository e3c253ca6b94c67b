import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import type { Refusal } from '../../refusal.ts';
import type { Verification } from '../events.ts';
import type { ConvoyState } from '../state.ts';
import { landBeads } from './land-beads.ts';

/** Moves the verified head to the commit that holds the convoy's lessons, and says what it holds, in one append. */
export function landLessons(
  state: ConvoyState,
  landing: {
    readonly verification: Verification;
    readonly onto: string;
    readonly written: EventData['LessonsWritten'];
  },
): Decision<Refusal> {
  const { verification, onto, written } = landing;
  const moved = landBeads(state, { verification, onto, merged: [] });
  if (!moved.accepted) return refuse(moved.refusal);
  return accept(...moved.events, { type: 'LessonsWritten', data: written });
}
