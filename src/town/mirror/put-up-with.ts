import { HubFailed } from '../ports/hub.ts';
import { MarkerKeyChanged } from './find-own.ts';

/** How many lost answers a pass puts up with: more than that, and GitHub itself is in trouble. */
const lostMax = 3;

export interface Patience {
  /**
   * Does a part of a pass. What only concerns this part is put up with for now, so that the others are not held up: an answer
   * that was lost, or a marker that a person must settle.
   */
  attempt(work: () => Promise<unknown>): Promise<void>;
  /** Rejects with a failure that was put up with: the one that may be tried again soonest. */
  settle(): void;
}

export function patience(): Patience {
  const lost: HubFailed[] = [];
  const doubtful: MarkerKeyChanged[] = [];
  return {
    async attempt(work) {
      try {
        await work();
      } catch (error) {
        if (error instanceof MarkerKeyChanged) {
          doubtful.push(error);
          return;
        }
        const isLost = error instanceof HubFailed && error.outcome === 'unknown';
        if (!isLost || lost.length >= lostMax) throw error;
        lost.push(error);
      }
    },
    settle() {
      const [soonest] = lost.toSorted((a, b) => dueAt(a) - dueAt(b));
      const [first] = doubtful;
      if (soonest !== undefined || first !== undefined) throw soonest ?? first;
    },
  };
}

/** Ms since 1970; what GitHub gave no time for is due at once. */
const dueAt = ({ retryAt }: HubFailed): number => (retryAt === null ? 0 : Date.parse(retryAt));
