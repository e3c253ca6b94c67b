import type { PushPatience } from '../../adapters/git/run-push.ts';
import { githubPushPause } from '../../adapters/git/run-push.ts';

/** A clock that goes on only where somebody waits on it. */
export interface PacedClock {
  readonly now: () => Date;
  readonly patience: PushPatience;
  /** How long it was waited in all, in ms; those who wait at once wait together. */
  waitedMs(): number;
}

export function pacedClock(): PacedClock {
  let ahead = 0;
  const pauseMs = githubPushPause(() => 0.5);
  return {
    now: () => new Date(Date.now() + ahead),
    waitedMs: () => ahead,
    patience: {
      pauseMs,
      wait: async (ms) => {
        const until = ahead + ms;
        await new Promise((resolve) => setImmediate(resolve));
        ahead = Math.max(ahead, until);
      },
    },
  };
}
