import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RehearsalModel } from '../../src/testing/rehearsal/start-rehearsal-model.ts';

/** Starts the makespan's model; `planning` is what its Mayor waits for before it says the plan. */
export async function startModelProcess(
  planning: () => Promise<void>,
): Promise<Pick<RehearsalModel, 'baseUrl' | 'close'>> {
  const child = fork(fileURLToPath(new URL('makespan-model.ts', import.meta.url)));
  const [baseUrl] = (await once(child, 'message')) as [string];
  child.on('message', () => {
    planning().then(
      () => child.send('prepared'),
      (error: unknown) => {
        console.error(error);
        child.kill();
      },
    );
  });
  return {
    baseUrl,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
