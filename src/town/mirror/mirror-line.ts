import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import { retryDelayMs } from '../dispatch/retry-delay.ts';
import type { Town } from '../town.ts';
import { mirrorConvoy } from './mirror-convoy.ts';
import { Written } from './written.ts';

const longestPauseMs = 60_000;

/** Keeps one convoy in step: a pass that runs, or the time of the next one. */
export class MirrorLine {
  readonly #town: Town;
  readonly #stream: StreamId;
  readonly #written = new Written();
  #pass: Promise<void> | null = null;
  /** The story has moved on since the pass began. */
  #again = false;
  #timer: NodeJS.Timeout | null = null;
  /** How often in a row a pass has failed without any progress. */
  #tries = 0;
  /** There while a pass has failed and none has worked since. */
  #behind: PromiseWithResolvers<void> | null = null;
  #closed = false;

  constructor(town: Town, stream: StreamId) {
    this.#town = town;
    this.#stream = stream;
  }

  touch(): void {
    if (this.#pass !== null || this.#timer !== null) this.#again = true;
    else this.#start();
  }

  /** A pass runs, or is due and waits for nothing but the town's pace. */
  get isBusy(): boolean {
    return this.#pass !== null || (this.#again && this.#tries === 0 && !this.#closed);
  }

  /** Resolves once a pass has worked since the last one that failed. */
  get failedBefore(): Promise<void> | null {
    return this.#behind?.promise ?? null;
  }

  /** Does at once what is due, and resolves when no pass runs; one that failed waits for its time, and is not waited for. */
  async settled(): Promise<void> {
    if (this.#pass === null && this.#tries === 0) this.#wake();
    await this.#pass;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#behind?.resolve();
    await this.#pass;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #start(): void {
    if (this.#closed) return;
    this.#again = false;
    this.#pass = this.#run().finally(() => {
      this.#pass = null;
    });
  }

  #wake(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#again) this.#start();
  }

  async #run(): Promise<void> {
    let pauseMs = this.#town.mirrorPaceMs;
    const before = this.#progress();
    try {
      await mirrorConvoy(this.#town, this.#stream, this.#written);
      this.#tries = 0;
      this.#behind?.resolve();
      this.#behind = null;
    } catch (error) {
      // A pass that got some way has not failed in the same way again.
      this.#tries = this.#progress() > before ? 1 : this.#tries + 1;
      this.#again = true;
      this.#behind ??= Promise.withResolvers();
      pauseMs = this.#putOff(error);
    }
    this.#timer = this.#town.later(() => this.#wake(), pauseMs);
  }

  /** How much of the convoy has been shown on GitHub so far. */
  #progress(): number {
    const { state } = this.#town.ledger.load(this.#stream, convoyFold);
    const confirmed = state?.effects.filter(({ status }) => status === 'confirmed') ?? [];
    return confirmed.length + this.#written.count;
  }

  #putOff(error: unknown): number {
    const delayMs = retryDelayMs(error, this.#tries, this.#town.clock()) ?? longestPauseMs;
    const retryInMs = Math.min(longestPauseMs, delayMs);
    const message = error instanceof Error ? error.message : String(error);
    const convoy = this.#stream;
    if (!this.#closed) this.#town.onProgress({ kind: 'trouble', convoy, step: 'mirror', message, retryInMs });
    return retryInMs;
  }
}
