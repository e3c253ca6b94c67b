import { setTimeout as wait } from 'node:timers/promises';
import type { PushPatience } from '../../adapters/git/run-push.ts';
import { githubPushPause } from '../../adapters/git/run-push.ts';

/** So that who waits longer comes later. */
const timesFaster = 100;

/** A clock that goes on only where somebody waits on it, and then this much faster than time. */
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
        await wait(ms / timesFaster);
        ahead = Math.max(ahead, until);
      },
    },
  };
}
