import { once } from 'node:events';
import { join } from 'node:path';
import type { WatchAction } from '../faces/cli/commands/watch-command.ts';
import { exitStatus } from '../faces/cli/exit-status.ts';
import { telling } from '../faces/cli/ledger/ledger-command.ts';
import { requireTown } from '../faces/cli/town/read-town.ts';
import { chooseView } from '../faces/cli/view/choose-view.ts';
import { openReader } from '../ledger/open-reader.ts';
import { followLedgerFile } from './dashboard/follow-ledger-file.ts';
import { stopOnSignals } from './stop-on-signals.ts';

/** `gastown watch`: what happens in a workspace's town, while another process works there. Runs until it is stopped. */
export const watchAction: WatchAction = async ({ workspace, json }) => {
  requireTown(workspace);
  const { stdout, env } = process;
  const reader = telling(() => openReader(join(workspace, '.gas-town', 'beads.db')));
  const view = await chooseView({ json, stdout, environment: env, now: Date.now });
  const signals = stopOnSignals(() => undefined);
  let shown = 0;
  const show = (to: 'recall' | 'event'): void => {
    for (const event of reader.log.readAll(shown, Number.MAX_SAFE_INTEGER)) {
      view[to](event);
      shown = event.position;
    }
  };
  const following = followLedgerFile(reader, () => show('event'));
  try {
    show('recall');
    view.notice(`Watching ${workspace}, from event ${shown} on. Ctrl-C ends it; the town works on.`);
    if (!signals.stop.aborted) await once(signals.stop, 'abort');
    return exitStatus.ok.code;
  } finally {
    following.close();
    signals.close();
    await view.close();
    reader.close();
  }
};
