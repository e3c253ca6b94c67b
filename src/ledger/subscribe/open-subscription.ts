import type { RecordedEvent } from '../../domain/event.ts';
import { LedgerError } from '../ledger-error.ts';
import type { SubscribeRequest, Subscription } from '../ports/ledger.ts';
import { CheckpointWriter } from './checkpoint-writer.ts';
import type { Checkpoints } from './checkpoints.ts';
import { Signal } from './signal.ts';

/** How many events are read at once. */
const page = 200;

export interface SubscriptionSource {
  readAll(after: number, limit: number): readonly RecordedEvent[];
  lastPosition(): number;
  readonly checkpoints: Checkpoints;
  /** Runs in a transaction; resolves when that is durable. */
  write(work: () => void): Promise<void>;
}

export interface OpenSubscription extends Subscription {
  /** There may be new events. */
  wake(): void;
  /** Resolves when the subscription has stopped; rejects when the log could not be read. */
  readonly stopped: Promise<void>;
}

interface Waiter {
  readonly target: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Hands over the log's events one by one, in order, each again until its handler has taken it. */
export function openSubscription(source: SubscriptionSource, request: SubscribeRequest): OpenSubscription {
  const kept = request.name === undefined ? null : source.checkpoints.find(request.name);
  const start = kept ?? (request.after === 'now' ? source.lastPosition() : request.after);
  const checkpoint = openCheckpoint(source, request.name, kept, start);
  const signal = new Signal();
  let position = start;
  let closing = false;
  let waiters: Waiter[] = [];

  const stopError = (cause?: unknown): LedgerError =>
    new LedgerError({ kind: 'subscription-stopped', name: request.name ?? null, position }, { cause });
  const settleWaiters = (): void => {
    for (const waiter of waiters) if (waiter.target <= position) waiter.resolve();
    waiters = waiters.filter((waiter) => waiter.target > position);
  };

  /** True when the event was taken, false when the subscription is to stop before it. */
  const deliver = async (event: RecordedEvent): Promise<boolean> => {
    for (let tries = 1; !closing; tries += 1) {
      try {
        await request.handle(event);
        return true;
      } catch (error) {
        const delay = request.onError(error, event, tries);
        if (delay === null) return false;
        await waitFor(delay);
      }
    }
    return false;
  };
  const waitFor = async (delay: number): Promise<void> => {
    const end = performance.now() + delay;
    for (let left = delay; left > 0 && !closing; left = end - performance.now())
      await signal.takeWithin(left);
  };

  const run = async (): Promise<void> => {
    while (!closing) {
      const events = source.readAll(position, page);
      if (events.length === 0) await signal.take();
      for (const event of events) {
        if (closing || !(await deliver(event))) return;
        position = event.position;
        checkpoint?.reached(position);
        settleWaiters();
      }
    }
  };

  let ended = false;
  const end = (cause?: unknown): void => {
    ended = true;
    for (const waiter of waiters) waiter.reject(stopError(cause));
    waiters = [];
  };
  const stopped = run().then(
    () => end(),
    (error: unknown) => {
      end(error);
      throw error;
    },
  );

  return {
    stopped,
    wake: () => signal.give(),
    caughtUp() {
      const target = source.lastPosition();
      if (target <= position) return Promise.resolve();
      if (ended) return Promise.reject(stopError());
      signal.give();
      return new Promise<void>((resolve, reject) => {
        waiters.push({ target, resolve, reject });
      });
    },
    async close() {
      closing = true;
      signal.give();
      await stopped;
      await checkpoint?.settled();
    },
  };
}

function openCheckpoint(
  source: SubscriptionSource,
  name: string | undefined,
  kept: number | null,
  start: number,
): CheckpointWriter | null {
  if (name === undefined) return null;
  const writer = new CheckpointWriter(kept ?? -1, (position) =>
    source.write(() => source.checkpoints.keep(name, position())),
  );
  if (kept === null) writer.reached(start);
  return writer;
}
