/** Why a job was ended from outside. */
export type StopReason = 'cancelled' | 'timed out' | 'lost';

/** How long a job may take to end by itself once it is interrupted, in milliseconds, as on GitHub. */
const grace = 10_000;

/** Ends a job from outside: politely, with force after a while, or at once where its runner is lost. */
export class JobStop {
  readonly #interrupt = new AbortController();
  readonly #kill = new AbortController();
  #reason: StopReason | undefined;
  #later: NodeJS.Timeout | undefined;

  get interrupt(): AbortSignal {
    return this.#interrupt.signal;
  }

  get kill(): AbortSignal {
    return this.#kill.signal;
  }

  /** Why it was ended first, or undefined while nobody asked. */
  get reason(): StopReason | undefined {
    return this.#reason;
  }

  end(reason: Exclude<StopReason, 'lost'>): void {
    if (this.#reason !== undefined) return;
    this.#reason = reason;
    this.#interrupt.abort();
    this.#later = setTimeout(() => this.#kill.abort(), grace);
  }

  lose(): void {
    this.#reason ??= 'lost';
    this.#kill.abort();
  }

  /** The job has ended: nothing is left to do. */
  clear(): void {
    clearTimeout(this.#later);
  }
}
