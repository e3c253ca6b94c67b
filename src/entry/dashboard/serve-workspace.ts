import { once } from 'node:events';
import { join } from 'node:path';
import { exitStatus } from '../../faces/cli/exit-status.ts';
import { telling } from '../../faces/cli/ledger/ledger-command.ts';
import { requireTown } from '../../faces/cli/town/read-town.ts';
import { dashboardServer } from '../../faces/web/serve-dashboard.ts';
import { sayOnForge } from '../say/say-on-forge.ts';
import { stopOnSignals } from '../stop-on-signals.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { openDashboard } from './open-dashboard.ts';

/** `gastown serve --workspace`: the dashboard of a workspace's town, while it works or long after. Runs until it is stopped. */
export async function serveWorkspace(workspace: string, port: number): Promise<number> {
  requireTown(workspace);
  const folder = join(workspace, '.gas-town');
  const open = telling(() =>
    openDashboard({ folder, ledger: null, access: { kind: 'loopback' }, say: sayOnForge(workspace) }),
  );
  const signals = stopOnSignals(() => undefined);
  try {
    const listening = await listenOnLoopback(dashboardServer(open.dashboard), port);
    process.stdout.write(`The dashboard is at ${listening.root}\n`);
    process.stdout.write(
      `To say something on it, open once: ${listening.root}${open.dashboard.linkPath()}\n`,
    );
    if (!signals.stop.aborted) await once(signals.stop, 'abort');
    open.dashboard.close();
    await listening.close();
    return exitStatus.ok.code;
  } finally {
    signals.close();
    await open.close();
  }
}
