import { exitStatus } from '../faces/cli/exit-status.ts';
import { createPlainView } from '../faces/cli/view/plain-view.ts';
import { runServer } from './serve/run-server.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** `gastown serve` at a terminal or in a container: lines on the output, a clean stop on SIGINT and SIGTERM. */
export async function serveAction(): Promise<number> {
  const view = createPlainView((text) => process.stdout.write(text));
  const signals = stopOnSignals(() => view.notice('Stopping. What is at work goes on at the next start.'));
  try {
    await runServer({
      env: process.env,
      stop: signals.stop,
      onProgress: view.progress,
      onEvent: view.event,
      onListening: ({ address, port }) => view.notice(`Listening on http://${address}:${port}`),
    });
    return exitStatus.ok.code;
  } finally {
    signals.close();
    await view.close();
  }
}
