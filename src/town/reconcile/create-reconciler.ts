import type { Town } from '../town.ts';
import { askForLostDeliveries, redeliveryWindowMs } from './ask-for-lost-deliveries.ts';
import { openConvoys, reconcileRig } from './reconcile-rig.ts';

export interface Reconciler {
  /** Makes a pass at once, or joins the one that runs. Never rejects: what went wrong is told as trouble. */
  pass(): Promise<void>;
  close(): Promise<void>;
}

const everyMs = 5 * 60_000;
/** What could not be looked at, GitHub may let be looked at soon. */
const afterFailureMs = 60_000;
/** A webhook may be entered in GitHub's log some time after it was due: each pass looks back over a part of the last. */
const overlapMs = 60 * 60_000;

/** Compares GitHub with the ledger when the town opens and every few minutes after, so that what was lost heals by itself. */
export function createReconciler(town: Town): Reconciler {
  const stop = new AbortController();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lookedUntil: Date | null = null;
  const lookedAt = new Map<number, Date>();

  const lostDeliveries = async (): Promise<void> => {
    const { hooks } = town.hubs;
    if (hooks === null) return;
    const now = town.clock();
    const since = lookedUntil?.getTime() ?? now.getTime() - redeliveryWindowMs;
    await askForLostDeliveries(town, hooks, new Date(since - (lookedUntil === null ? 0 : overlapMs)));
    lookedUntil = now;
  };

  let failed = false;
  const attempt = async (step: string, work: () => Promise<void>): Promise<void> => {
    if (stop.signal.aborted) return;
    try {
      await work();
    } catch (error) {
      failed = true;
      const message = error instanceof Error ? error.message : String(error);
      if (!stop.signal.aborted)
        town.onProgress({ kind: 'trouble', convoy: '', step, message, retryInMs: afterFailureMs });
    }
  };

  const run = async (): Promise<void> => {
    clearTimeout(timer);
    failed = false;
    await attempt('reconcile deliveries', lostDeliveries);
    const begun = town.clock();
    for (const [rig, { repository, streams, openedAt }] of openConvoys(town)) {
      const since = new Date(lookedAt.get(rig) ?? openedAt);
      await attempt(`reconcile ${repository.owner}/${repository.name}`, async () => {
        await reconcileRig(town, repository, streams, since);
        lookedAt.set(rig, new Date(begun.getTime() - overlapMs));
      });
    }
    if (!stop.signal.aborted) timer = town.later(() => void pass(), failed ? afterFailureMs : everyMs);
  };

  const pass = (): Promise<void> => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };

  void pass();
  return {
    pass,
    async close() {
      stop.abort();
      await running;
      clearTimeout(timer);
    },
  };
}
