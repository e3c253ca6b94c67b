import { convoyFold } from '../../domain/convoy/evolve.ts';
import { nextSteps, type Step } from '../../domain/convoy/next-steps.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';
import { retryDelayMs } from './retry-delay.ts';
import { takeStep } from './take-step.ts';

export interface Conductor {
  /** Asks again what there is to do for a convoy. Cheap, and safe at any time. */
  advance(stream: StreamId): void;
  /** Stops what runs, without losing anything, and resolves when all of it has stopped. */
  close(): Promise<void>;
}

/** How a step that came to no end of its own goes on: when something happens, or at a time. */
export interface StepPause {
  readonly wakeAt: Date | null;
}

interface Running {
  readonly done: Promise<void>;
}

/**
 * Runs what `nextSteps` says, each step once at a time. It keeps no list of what is to be done: after every event, and
 * after every start of the town, it asks the state of the convoy again.
 */
export function createConductor(town: Town): Conductor {
  const running = new Map<string, Running>();
  const timers = new Map<string, NodeJS.Timeout>();
  const tries = new Map<string, number>();
  const stop = new AbortController();

  const wake = (id: string, stream: StreamId, delayMs: number): void => {
    clearTimeout(timers.get(id));
    const timer = setTimeout(() => {
      timers.delete(id);
      advance(stream);
    }, delayMs);
    timers.set(id, timer);
  };

  const run = async (id: string, stream: StreamId, step: Step, version: number): Promise<void> => {
    let again = false;
    try {
      const { wakeAt } = await takeStep(town, stream, step, stop.signal);
      tries.delete(id);
      again = town.ledger.load(stream, convoyFold).version > version;
      if (wakeAt) wake(id, stream, Math.max(0, wakeAt.getTime() - town.clock().getTime()));
    } catch (error) {
      if (!stop.signal.aborted) onTrouble(id, stream, step, error);
    } finally {
      running.delete(id);
    }
    if (again) advance(stream);
  };

  const onTrouble = (id: string, stream: StreamId, step: Step, error: unknown): void => {
    const count = (tries.get(id) ?? 0) + 1;
    tries.set(id, count);
    const retryInMs = retryDelayMs(error, count, town.clock());
    const message = error instanceof Error ? error.message : String(error);
    town.onProgress({ kind: 'trouble', convoy: stream, step: step.key, message, retryInMs });
    if (retryInMs !== null) wake(id, stream, retryInMs);
  };

  const advance = (stream: StreamId): void => {
    if (stop.signal.aborted) return;
    const { state, version } = town.ledger.load(stream, convoyFold);
    for (const step of nextSteps(state)) {
      const id = `${stream} ${step.key}`;
      if (running.has(id) || isWaitingToRetry(id)) continue;
      running.set(id, { done: run(id, stream, step, version) });
    }
  };

  /** A step that failed is left alone until its time has come, whatever else happens meanwhile. */
  const isWaitingToRetry = (id: string): boolean => tries.has(id) && timers.has(id);

  return {
    advance,
    async close() {
      stop.abort(new Error('The town is stopping.'));
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...running.values()].map((one) => one.done));
    },
  };
}
