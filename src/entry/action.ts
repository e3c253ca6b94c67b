import { runJob } from './action/run-job.ts';

/** `gastown action` in a job of GitHub Actions. Gives the job's exit status. */
export const actionAction = (): Promise<number> =>
  runJob({
    env: process.env,
    print: (text) => process.stdout.write(text),
    now: performance.now.bind(performance),
  });
