import { setTimeout as wait } from 'node:timers/promises';
import { githubPushPause, type PushPatience } from '../../adapters/git/run-push.ts';

/** GitHub takes about six pushes a minute and repository, and a convoy's jobs all push to one: each waits for its turn. */
export const pushPatience: PushPatience = {
  pauseMs: githubPushPause(Math.random),
  wait: async (ms) => {
    await wait(ms);
  },
};

const firstMs = 2_000;
const longestMs = 30_000;

/**
 * How long to wait, in ms, before a push for which another was first is made again. A push that loses counts like one that
 * wins, and runs that lose together would all come back together.
 */
export const pauseAfterLost = (losses: number): number =>
  Math.round(Math.min(longestMs, firstMs * 2 ** (losses - 1)) * Math.random());
