import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ServeAction } from '../faces/cli/commands/serve-command.ts';
import { exitStatus } from '../faces/cli/exit-status.ts';
import { serveWorkspace } from './dashboard/serve-workspace.ts';
import { runServer } from './serve/run-server.ts';
import { hasNoApp, setUpApp } from './serve/setup/set-up-app.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** `gastown serve` at a terminal or in a container: lines on the output, a clean stop on SIGINT and SIGTERM. */
export const serveAction: ServeAction = async ({ workspace, port }) => {
  if (workspace !== null) return serveWorkspace(workspace, port);
  if (existsSync('.env')) process.loadEnvFile();
  const signals = stopOnSignals(() => undefined);
  const { env } = process;
  const context = { env, stop: signals.stop, write: (text: string) => void process.stdout.write(text) };
  try {
    if (hasNoApp(env)) await setUpApp({ ...context, envFile: resolve('.env') });
    else await runServer(context);
    return exitStatus.ok.code;
  } finally {
    signals.close();
  }
};
