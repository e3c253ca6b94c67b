import type { RunAction } from '../../faces/cli/commands/run-command.ts';
import { exitStatus } from '../../faces/cli/exit-status.ts';
import { chooseView } from '../../faces/cli/view/choose-view.ts';
import { runTask } from './run-task.ts';

/** `gastown run` at a terminal: the first Ctrl-C stops it cleanly, a second one at once. */
export const runAction: RunAction = async (options) => {
  const { stdout, env } = process;
  const view = await chooseView({ json: options.json, stdout, environment: env, now: Date.now });
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(exitStatus.interrupted.code);
    view.notice('Stopping cleanly. The same command goes on from here; Ctrl-C again stops at once.');
    stop.abort(new Error('Stopped by the person at the terminal.'));
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    return await runTask(options, { env, view, stop: stop.signal });
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    await view.close();
  }
};
