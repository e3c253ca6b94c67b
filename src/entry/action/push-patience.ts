import { setTimeout as wait } from 'node:timers/promises';
import { githubPushPause, type PushPatience } from '../../adapters/git/run-push.ts';

/** GitHub takes about six pushes a minute and repository, and a convoy's jobs all push to one: each waits for its turn. */
export const pushPatience: PushPatience = {
  pauseMs: githubPushPause(Math.random),
  wait: async (ms) => {
    await wait(ms);
  },
};
