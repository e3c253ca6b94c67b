import type { StoredDelivery } from '../../ledger/ports/inbox.ts';
import type { Town } from '../town.ts';
import { handleDelivery } from './handle-delivery.ts';

export interface InboxWorker {
  /** Says that something came in. */
  wake(): void;
  /** Resolves when nothing is due; rejects with what keeps the inbox from being worked. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** After so many failures a delivery is set aside for a person. */
const triesMax = 6;
const firstDelayMs = 1_000;
/** A ledger that can't be written is tried again at least this often. */
const longestDelayMs = 60_000;
/** GitHub sends a delivery again for at most 3 days (7 on Enterprise servers): its GUID is kept for longer. */
const rememberMs = 14 * 24 * 60 * 60_000;

/** Handles the deliveries of the inbox one after the other, in the order in which they came; woken, never polling. */
export function workInbox(town: Town): InboxWorker {
  let closed = false;
  let working: Promise<void> | null = null;
  let wokenAgain = false;
  let timer: NodeJS.Timeout | undefined;
  /** What the inbox itself could not do, since when nothing went well. */
  let failed: { readonly error: unknown; readonly times: number } | null = null;

  const drain = async (): Promise<void> => {
    do {
      wokenAgain = false;
      for (let next = due(); next !== null && !closed; next = due()) await handle(town, next);
    } while (wokenAgain && !closed);
    await town.ledger.inbox.forgetHandledBefore(new Date(town.clock().getTime() - rememberMs));
    sleepUntilNext();
  };
  const due = (): StoredDelivery | null => town.ledger.inbox.nextDue(town.clock());
  const sleepUntilNext = (): void => {
    const at = town.ledger.inbox.nextDueAt();
    if (at === null || closed) return;
    timer = setTimeout(wake, Math.max(0, at.getTime() - town.clock().getTime()));
  };
  /** Where the ledger does not take what became of a delivery, that delivery is still due: all is tried again later. */
  const work = async (): Promise<void> => {
    try {
      await drain();
      failed = null;
    } catch (error) {
      failed = { error, times: (failed?.times ?? 0) + 1 };
      if (closed) return;
      const retryInMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (failed.times - 1));
      timer = setTimeout(wake, retryInMs);
      town.onProgress({ kind: 'trouble', convoy: '', step: 'inbox', message: messageOf(error), retryInMs });
    }
  };
  const wake = (): void => {
    if (closed) return;
    wokenAgain = true;
    clearTimeout(timer);
    working ??= work().finally(() => {
      working = null;
      if (wokenAgain && failed === null) wake();
    });
  };

  wake();
  return {
    wake,
    async empty() {
      while (working !== null) await working;
      if (failed !== null) throw failed.error;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await working;
    },
  };
}

async function handle(town: Town, delivery: StoredDelivery): Promise<void> {
  try {
    await handleDelivery(town, delivery);
    await town.ledger.inbox.handled(delivery.guid, town.clock());
  } catch (error) {
    await putOff(town, delivery, error);
  }
}

async function putOff(town: Town, delivery: StoredDelivery, error: unknown): Promise<void> {
  const message = messageOf(error);
  const tries = delivery.tries + 1;
  const delayMs = firstDelayMs * 2 ** delivery.tries;
  const step = `delivery ${delivery.event} ${delivery.guid}`;
  const parked = tries >= triesMax;
  if (parked) await town.ledger.inbox.park(delivery.guid, message);
  else await town.ledger.inbox.retryAt(delivery.guid, new Date(town.clock().getTime() + delayMs), message);
  town.onProgress({ kind: 'trouble', convoy: '', step, message, retryInMs: parked ? null : delayMs });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
