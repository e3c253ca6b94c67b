import { setImmediate } from 'node:timers/promises';
import type { StoredDelivery } from '../../ledger/ports/inbox.ts';
import { HubFailed } from '../ports/hub.ts';
import type { Town } from '../town.ts';
import { handleDelivery } from './handle-delivery.ts';
import { handledNotes } from './handled-notes.ts';

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
/** How many deliveries are read at once. */
const atOnceMax = 16;

/** Handles the deliveries of the inbox one after the other, in the order in which they came; woken, never polling. */
export function workInbox(town: Town): InboxWorker {
  const notes = handledNotes(town, () => wake());
  let closed = false;
  let working: Promise<void> | null = null;
  let wokenAgain = false;
  let timer: NodeJS.Timeout | undefined;
  /** What the inbox itself could not do, since when nothing went well. */
  let failed: { readonly error: unknown; readonly times: number } | null = null;

  const drain = async (): Promise<void> => {
    do {
      wokenAgain = false;
      for (let some = due(); some.length > 0 && !closed; some = due()) {
        await handleEach(some);
        if (notes.isDue()) await notes.write();
      }
      if (notes.isDue()) await notes.write();
    } while (wokenAgain && !closed);
    sleepUntilNext();
  };
  const due = (): readonly StoredDelivery[] => town.ledger.inbox.due(town.clock(), atOnceMax, notes.guids);
  const handleEach = async (deliveries: readonly StoredDelivery[]): Promise<void> => {
    for (const delivery of deliveries) {
      if (closed) return;
      if (await isHandled(town, delivery)) notes.add(delivery.guid);
      // What GitHub waits for goes before what it does not: new deliveries are answered between any two that are handled.
      await setImmediate();
    }
  };
  const sleepUntilNext = (): void => {
    const at = town.ledger.inbox.nextDueAt(notes.guids);
    if (at === null || closed) return;
    timer = town.later(wake, Math.max(0, at.getTime() - town.clock().getTime()));
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
      timer = town.later(wake, retryInMs);
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
  const idle = async (): Promise<void> => {
    while (working !== null) await working;
  };

  wake();
  return {
    wake,
    async empty() {
      await idle();
      notes.hurry();
      if (notes.isDue() && failed === null) wake();
      await idle();
      if (failed !== null) throw failed.error;
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await idle();
      notes.close();
      // What can't be noted stays due, and is handled once more.
      if (failed === null) await notes.write();
    },
  };
}

async function isHandled(town: Town, delivery: StoredDelivery): Promise<boolean> {
  try {
    await handleDelivery(town, delivery);
    return true;
  } catch (error) {
    await putOff(town, delivery, error);
    return false;
  }
}

async function putOff(town: Town, delivery: StoredDelivery, error: unknown): Promise<void> {
  const message = messageOf(error);
  const tries = delivery.tries + 1;
  const now = town.clock();
  const saidMs = error instanceof HubFailed && error.retryAt ? Date.parse(error.retryAt) - now.getTime() : 0;
  const delayMs = Math.max(firstDelayMs * 2 ** delivery.tries, saidMs);
  const step = `delivery ${delivery.event} ${delivery.guid}`;
  const parked = tries >= triesMax;
  if (parked) await town.ledger.inbox.park(delivery.guid, message);
  else await town.ledger.inbox.retryAt(delivery.guid, new Date(now.getTime() + delayMs), message);
  town.onProgress({ kind: 'trouble', convoy: '', step, message, retryInMs: parked ? null : delayMs });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
