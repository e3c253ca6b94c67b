import { exitStatus } from '../faces/cli/exit-status.ts';
import { createPlainView } from '../faces/cli/view/plain-view.ts';
import { exitFor, summarise } from '../faces/cli/view/run-summary.ts';
import { runEvent } from './action/run-event.ts';

/** `gastown action` in a job of GitHub Actions: the story as plain lines in the log, red where a convoy did not succeed. */
export async function actionAction(): Promise<number> {
  const startedAt = performance.now();
  const view = createPlainView((text) => process.stdout.write(text));
  const convoys = await runEvent({
    env: process.env,
    onProgress: view.progress,
    onLedger: (ledger) => ledger.subscribe({ after: 0, handle: view.event, onError: () => null }),
  });
  let status: number = exitStatus.ok.code;
  for (const convoy of convoys) {
    const wallMs = performance.now() - startedAt;
    const summary = summarise({ convoy, wallMs, workspace: convoy.opened.repository.name });
    view.summary(summary);
    if (!summary.ok) status = exitStatus[exitFor(summary)].code;
  }
  await view.close();
  return status;
}
