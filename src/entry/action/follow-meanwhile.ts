import { setTimeout as wait } from 'node:timers/promises';
import type { StreamId } from '../../domain/event.ts';
import type { GitLedger } from '../../ledger/git-refs/open-git-ledger.ts';
import { LedgerError } from '../../ledger/ledger-error.ts';

export interface Following {
  /** Rejects with `not-descended` where the stream is not what it was any more; never resolves. */
  readonly broken: Promise<never>;
  close(): Promise<void>;
}

/**
 * Brings a stream here every so many ms while a job works on it: notes, a stop, a raised budget. GitHub tells nobody of a ref
 * that moved, so this is asked for, with the ref's name alone where nothing is new. What fails is told, and asked again.
 */
export function followMeanwhile(
  ledger: Pick<GitLedger, 'follow'>,
  stream: StreamId,
  { everyMs, onTrouble }: { readonly everyMs: number; readonly onTrouble: (error: unknown) => void },
): Following {
  const stop = new AbortController();
  const broken = Promise.withResolvers<never>();
  // Whoever works races against it; it must not count as unhandled before that.
  broken.promise.catch(() => undefined);

  const look = async (): Promise<void> => {
    try {
      await ledger.follow([stream]);
    } catch (error) {
      if (!(error instanceof LedgerError && error.fault.kind === 'not-descended')) return onTrouble(error);
      broken.reject(error);
      stop.abort();
    }
  };
  const looking = (async () => {
    while (await passed(everyMs, stop.signal)) await look();
  })();
  return {
    broken: broken.promise,
    async close() {
      stop.abort();
      await looking;
    },
  };
}

/** False where it was stopped before. */
async function passed(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await wait(ms, undefined, { signal });
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}
