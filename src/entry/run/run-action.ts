import type { RunAction } from '../../faces/cli/commands/run-command.ts';
import { chooseView } from '../../faces/cli/view/choose-view.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { runTask } from './run-task.ts';

/** `gastown run` at a terminal. */
export const runAction: RunAction = async (options) => {
  const { stdout, env } = process;
  const view = await chooseView({ json: options.json, stdout, environment: env, now: Date.now });
  const signals = stopOnSignals(() =>
    view.notice('Stopping cleanly. The same command goes on from here; Ctrl-C again stops at once.'),
  );
  try {
    return await runTask(options, { env, view, stop: signals.stop });
  } finally {
    signals.close();
    await view.close();
  }
};
