import { convoyFold } from '../../domain/convoy/evolve.ts';
import { nextSteps, type Step } from '../../domain/convoy/next-steps.ts';
import type { ConvoyState } from '../../domain/convoy/state.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Town } from '../town.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { retryDelayMs } from './retry-delay.ts';
import { takeStep } from './take-step.ts';

/** Whether this process does a step; others do the rest. */
export type TakesStep = (stream: StreamId, step: Step) => boolean;

interface Running {
  readonly step: Step;
  readonly since: number;
  readonly done: Promise<void>;
  /** Stops this step alone: its work was given to others. */
  readonly stop: AbortController;
}

/**
 * One convoy at work: runs what `nextSteps` says, each step once at a time. It keeps no list of what is to be done: after
 * every event, and after every start of the town, it asks the state of the convoy again.
 */
export class ConvoyLine {
  readonly #town: Town;
  readonly #stream: StreamId;
  readonly #running = new Map<string, Running>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Steps that failed, each until its next try has begun. */
  readonly #retries = new Map<string, PromiseWithResolvers<void>>();
  readonly #tries = new Map<string, number>();
  readonly #leases: LeaseKeeper;
  #waitedForEngine = false;
  /** Aborted when the town stops, and with it everything that runs here. */
  readonly #townStops: AbortSignal;
  /** Aborted as soon as the convoy has ended: its agents stop, what clears up after it goes on. */
  readonly #convoyEnds = new AbortController();

  readonly #takes: TakesStep;

  constructor(town: Town, stream: StreamId, townStops: AbortSignal, takes: TakesStep = () => true) {
    this.#town = town;
    this.#takes = takes;
    this.#stream = stream;
    this.#townStops = townStops;
    this.#leases = new LeaseKeeper(town, stream, (session) => {
      const key = `polecat ${session}`;
      return this.#running.has(key) || this.#waitsToRetry(key);
    });
  }

  advance(): void {
    if (this.#townStops.aborted) return;
    const { state, version } = this.#town.ledger.load(this.#stream, convoyFold);
    if (this.#waitedForEngine && !state?.engineLost) this.#forgetRetries();
    this.#waitedForEngine = Boolean(state?.engineLost);
    if (state?.ended) this.#convoyEnds.abort(new Error(`The convoy has ended (${state.ended.how}).`));
    this.#stopTakenAway(state);
    for (const step of nextSteps(state).filter((one) => this.#takes(this.#stream, one))) {
      if (this.#running.has(step.key) || this.#waitsToRetry(step.key)) continue;
      if (step.kind === 'clean-up' && this.#running.size > 0) continue;
      const stop = new AbortController();
      const since = this.#town.clock().getTime();
      this.#running.set(step.key, { step, since, stop, done: this.#run(step, version, stop.signal) });
    }
    this.#leases.check();
  }

  /** Since when a step with this key runs (ms since 1970); null when it doesn't. */
  runsSince(key: string): number | null {
    return this.#running.get(key)?.since ?? null;
  }

  /** Resolves when nothing runs and no step that failed waits to be tried again. */
  async idle(): Promise<void> {
    while (this.#running.size > 0 || this.#retries.size > 0) {
      const waiting = [...this.#retries.values()].map(({ promise }) => promise);
      await Promise.all([...[...this.#running.values()].map(({ done }) => done), ...waiting]);
    }
  }

  /** Resolves when nothing of this convoy runs any more. */
  async stopped(): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await Promise.all([...this.#running.values()].map(({ done }) => done));
    await this.#leases.stop();
  }

  /** A polecat whose bead was taken from it works on for nobody. One that has closed its bead comes to its own end. */
  #stopTakenAway(state: ConvoyState): void {
    for (const { step, stop } of this.#running.values()) {
      if (step.kind !== 'polecat') continue;
      const bead = state?.beads.get(step.bead);
      if (bead?.lease?.session === step.session || bead?.closedBy === step.session) continue;
      stop.abort(new Error(`Bead ${step.bead} is not held by this session any more.`));
    }
  }

  async #run(step: Step, version: number, taken: AbortSignal): Promise<void> {
    const isAfterEnd = step.kind === 'clean-up' || step.kind === 'delete-branches';
    const signal = isAfterEnd
      ? this.#townStops
      : AbortSignal.any([this.#townStops, this.#convoyEnds.signal, taken]);
    let moved = false;
    try {
      const { wakeAt } = await takeStep(this.#town, this.#stream, step, signal);
      this.#tries.delete(step.key);
      moved = this.#town.ledger.load(this.#stream, convoyFold).version > version;
      if (wakeAt) this.#wake(step.key, Math.max(0, wakeAt.getTime() - this.#town.clock().getTime()));
    } catch (error) {
      if (!signal.aborted) this.#putOff(step, error);
    } finally {
      this.#running.delete(step.key);
    }
    if (moved || (this.#convoyEnds.signal.aborted && !isAfterEnd)) this.advance();
  }

  #putOff(step: Step, error: unknown): void {
    const tries = (this.#tries.get(step.key) ?? 0) + 1;
    this.#tries.set(step.key, tries);
    const retryInMs = retryDelayMs(error, tries, this.#town.clock());
    const message = error instanceof Error ? error.message : String(error);
    this.#town.onProgress({ kind: 'trouble', convoy: this.#stream, step: step.key, message, retryInMs });
    if (retryInMs === null) return;
    if (!this.#retries.has(step.key)) this.#retries.set(step.key, Promise.withResolvers<void>());
    this.#wake(step.key, retryInMs, () => this.#triesAgain(step.key));
  }

  /** A step that failed is left alone until its time has come, whatever else happens meanwhile. */
  #waitsToRetry(key: string): boolean {
    return this.#tries.has(key) && this.#timers.has(key);
  }

  #triesAgain(key: string): void {
    this.#retries.get(key)?.resolve();
    this.#retries.delete(key);
  }

  /** What failed because of the engine is due at once when that is back. */
  #forgetRetries(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#tries.clear();
    for (const key of this.#retries.keys()) this.#triesAgain(key);
  }

  #wake(key: string, delayMs: number, woken: () => void = () => undefined): void {
    clearTimeout(this.#timers.get(key));
    const timer = this.#town.later(() => {
      this.#timers.delete(key);
      this.advance();
      woken();
    }, delayMs);
    this.#timers.set(key, timer);
  }
}
