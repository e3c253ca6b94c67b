import { accept, type Decision, type Fold } from '../event.ts';
import type { AwayCause } from './events.ts';

export interface Place {
  readonly owner: string;
  readonly name: string;
}

export interface RigState {
  /** Where the repository is now; null where it never moved since the town knows it. */
  readonly place: Place | null;
  /** Why the town can do nothing there. Empty: it can. */
  readonly away: ReadonlySet<AwayCause>;
  /** Refusals (ids of their events) that have been said. */
  readonly answered: ReadonlySet<string>;
}

export const rigFold: Fold<RigState> = {
  name: 'rig',
  version: 1,
  initial: () => ({ place: null, away: new Set(), answered: new Set() }),
  evolve(state, event) {
    switch (event.type) {
      case 'RigMoved':
        return { ...state, place: event.data.after };
      case 'RigAway':
        return { ...state, away: new Set([...state.away, event.data.why]) };
      case 'RigBack':
        return { ...state, away: new Set([...state.away].filter((why) => why !== event.data.why)) };
      case 'OrderRefusalAnswered': {
        const { refusal } = event.data;
        return refusal === undefined ? state : { ...state, answered: new Set([...state.answered, refusal]) };
      }
      default:
        return state;
    }
  },
};

/** Records where a repository is now, where that is news. */
export function moveRig(state: RigState, by: string, before: Place, after: Place): Decision<never> {
  const known = state.place ?? before;
  if (known.owner === after.owner && known.name === after.name) return accept();
  return accept({ type: 'RigMoved', data: { by, before: known, after } });
}

export function rigAway(state: RigState, by: string, why: AwayCause): Decision<never> {
  return state.away.has(why) ? accept() : accept({ type: 'RigAway', data: { by, why } });
}

export function rigBack(state: RigState, by: string, why: AwayCause): Decision<never> {
  return state.away.has(why) ? accept({ type: 'RigBack', data: { by, why } }) : accept();
}
