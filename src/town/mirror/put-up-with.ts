import { HubFailed } from '../ports/hub.ts';

/** How many lost answers a pass puts up with: more than that, and GitHub itself is in trouble. */
const lostMax = 3;

export interface Patience {
  /** Does a part of a pass. An answer that was lost is put up with for now, so that the other parts are not held up. */
  attempt(work: () => Promise<unknown>): Promise<void>;
  /** Rejects with the first failure that was put up with. */
  settle(): void;
}

export function patience(): Patience {
  const lost: HubFailed[] = [];
  return {
    async attempt(work) {
      try {
        await work();
      } catch (error) {
        const isLost = error instanceof HubFailed && error.outcome === 'unknown';
        if (!isLost || lost.length >= lostMax) throw error;
        lost.push(error);
      }
    },
    settle() {
      const [first] = lost;
      if (first !== undefined) throw first;
    },
  };
}
