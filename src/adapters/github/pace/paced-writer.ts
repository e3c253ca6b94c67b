import { type Clock, machineClock } from './clock.ts';
import type { Pace } from './pace.ts';

/** GitHub wants no more for now, of this or of anything: it is not sent before `retryAt`. */
export class HeldBack extends Error {
  override readonly name = 'HeldBack';
  readonly retryAt: Date;
  constructor(retryAt: Date) {
    super(`GitHub wants a pause until ${retryAt.toISOString()}.`);
    this.retryAt = retryAt;
  }
}

export interface Write<T> {
  /** The smallest goes first; of the same, the first that came. */
  readonly priority: number;
  /** It notifies people, so it keeps the longer distance. */
  readonly creates: boolean;
  readonly send: () => Promise<T>;
}

interface Waiting {
  readonly priority: number;
  readonly creates: boolean;
  readonly run: () => Promise<void>;
  readonly reject: (error: Error) => void;
}

/** Longer than this nobody is kept waiting: the caller is told when to come back. */
const patienceMs = 5_000;
/** Up to this priority it is urgent: a person waits for it. */
const urgent = 1;
const hourMs = 3_600_000;

/** The one that writes for an installation: one request after the other, at GitHub's pace, what is urgent first. */
export class PacedWriter {
  readonly #pace: Pace;
  readonly #clock: Clock;
  readonly #queue: Waiting[] = [];
  #working = false;
  #lastWrite = Number.NEGATIVE_INFINITY;
  /** When things were created, as many of the last ones as are allowed in an hour. */
  readonly #creates: number[] = [];
  #heldUntil = Number.NEGATIVE_INFINITY;

  constructor(pace: Pace, clock: Clock = machineClock) {
    this.#pace = pace;
    this.#clock = clock;
  }

  /** Rejects with `HeldBack` while GitHub wants a pause, and with whatever `send` rejects with. */
  write<T>({ priority, creates, send }: Write<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const run = (): Promise<void> => send().then(resolve, reject);
    this.#queue.push({ priority, creates, run, reject });
    void this.#work();
    return promise;
  }

  /** Nothing is sent for so long (ms of the clock); who waits already is told. */
  holdBack(milliseconds: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#now() + milliseconds);
  }

  /** Resolves when a read may be sent; rejects with `HeldBack` where that takes long. */
  async mayRead(): Promise<void> {
    const held = this.#held();
    if (held !== null) throw held;
    if (this.#heldUntil > this.#now()) await this.#until(this.#heldUntil);
  }

  #now(): number {
    return this.#clock.now().getTime();
  }

  #held(): HeldBack | null {
    return this.#heldUntil - this.#now() > patienceMs ? new HeldBack(new Date(this.#heldUntil)) : null;
  }

  async #until(time: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    // A clock that is faster than the machine's may be past it by now.
    setTimeout(resolve, Math.max(0, (time - this.#now()) / 1000) * this.#clock.secondMs);
    await promise;
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    while (this.#queue.length > 0) {
      this.#sendBack();
      if (this.#queue.length === 0) break;
      const soonest = Math.min(...this.#queue.map((one) => this.#readyAt(one)));
      if (soonest > this.#now()) await this.#until(soonest);
      else await this.#send();
    }
    this.#working = false;
  }

  /** Who would wait too long is told at once when to come back. */
  #sendBack(): void {
    const tooLong = this.#queue.filter((one) => this.#readyAt(one) - this.#now() > patienceMs);
    for (const one of tooLong) {
      this.#queue.splice(this.#queue.indexOf(one), 1);
      one.reject(new HeldBack(new Date(this.#readyAt(one))));
    }
  }

  #readyAt({ creates, priority }: Waiting): number {
    const ready = Math.max(this.#heldUntil, this.#lastWrite + this.#pace.writeMs);
    if (!creates) return ready;
    const { createMs, createsAnHour } = this.#pace;
    const bound = priority <= urgent ? createsAnHour.all : createsAnHour.notUrgent;
    const afterCreate = (this.#creates.at(-1) ?? Number.NEGATIVE_INFINITY) + createMs;
    const afterHour = (this.#creates.at(-bound) ?? Number.NEGATIVE_INFINITY) + hourMs;
    return Math.max(ready, afterCreate, afterHour);
  }

  async #send(): Promise<void> {
    const ready = this.#queue.filter((one) => this.#readyAt(one) <= this.#now());
    const [first] = ready.toSorted((a, b) => a.priority - b.priority);
    if (first === undefined) return;
    this.#queue.splice(this.#queue.indexOf(first), 1);
    this.#lastWrite = this.#now();
    if (first.creates) this.#noteCreate();
    await first.run();
  }
  #noteCreate(): void {
    const { all } = this.#pace.createsAnHour;
    this.#creates.push(this.#lastWrite);
    while (this.#creates.length > (Number.isFinite(all) ? all : 1)) this.#creates.shift();
  }
}
