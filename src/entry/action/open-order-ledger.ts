import { join } from 'node:path';
import { createRefStore } from '../../adapters/git/ref-store/create-ref-store.ts';
import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import type { OrderParts } from '../../domain/run/order.ts';
import { newUuidV7 } from '../../ledger/log/uuid.ts';
import { openRunLedger, type RunLedger } from '../../ledger/run-refs/open-run-ledger.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import { openTownLedger } from '../open-town-ledger.ts';
import type { ActionEnvironment } from './action-environment.ts';
import { secretsOf } from './action-inputs.ts';
import type { Job } from './job-task.ts';
import { sealOf } from './open-action-ledger.ts';
import { pushPatience } from './push-patience.ts';

/** The App looks every 15 seconds: to look much more often than that for its answer would find nothing. */
const githubPace = { askedMs: 5_000, idleMs: 15_000, soonMs: 5_000, longestMs: 60_000 };
const noPace = { askedMs: 100, idleMs: 250, soonMs: 100, longestMs: 1_000 };

/** The ledger of a job that works a bead for an App: what it decides is asked for. */
export async function openOrderLedger(
  env: ActionEnvironment,
  job: Job,
  order: OrderParts,
  {
    remote,
    onTrouble,
  }: { readonly remote: () => Promise<Remote>; readonly onTrouble: (error: unknown) => void },
): Promise<RunLedger> {
  const clock = (): Date => new Date();
  return openRunLedger({
    inner: openTownLedger(env.folder, 'gastown action'),
    refs: await createRefStore({
      repository: join(env.folder, 'ledger.git'),
      remote,
      clock,
      patience: pushPatience,
    }),
    order,
    convoy: convoyStream(job.rig.id, order.issue),
    clock,
    newId: () => newUuidV7(clock),
    seal: sealOf(env, job),
    secrets: secretsOf(env.inputs),
    pace: env.paced ? githubPace : noPace,
    onTrouble,
  });
}
