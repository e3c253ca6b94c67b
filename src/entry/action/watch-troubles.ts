import { CannotRun } from '../../faces/cli/cannot-run.ts';
import type { Progress } from '../../town/town.ts';

/** The same trouble so often in a row is not going to pass by itself. */
const troublesMax = 8;

export interface TroubleWatch {
  hear(progress: Progress): void;
  /** Rejects when there is no point in going on; never resolves. */
  readonly hopeless: Promise<never>;
}

/** A job must not wait on a paid runner for what only a person can mend. */
export function watchTroubles(): TroubleWatch {
  const { promise, reject } = Promise.withResolvers<never>();
  // Whoever works races against it; it must not count as unhandled before that.
  promise.catch(() => undefined);
  const counts = new Map<string, number>();
  return {
    hopeless: promise,
    hear(progress) {
      if (progress.kind !== 'trouble') return;
      const count = (counts.get(progress.step) ?? 0) + 1;
      counts.set(progress.step, count);
      if (progress.retryInMs !== null && count < troublesMax) return;
      reject(new CannotRun('unexpected', `${progress.step} can't go on: ${progress.message}`));
    },
  };
}
