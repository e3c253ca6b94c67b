import TinyQueue from 'tinyqueue';

interface Due {
  readonly at: number;
  /** What was asked for first goes first at the same time. */
  readonly turn: number;
  readonly run: () => void;
}

/** Simulated time, in seconds: from one thing that happens to the next. */
export class Clock {
  readonly #due = new TinyQueue<Due>([], (a, b) => a.at - b.at || a.turn - b.turn);
  #turn = 0;
  #now = 0;

  get now(): number {
    return this.#now;
  }

  after(seconds: number, run: () => void): void {
    this.#turn += 1;
    this.#due.push({ at: this.#now + seconds, turn: this.#turn, run });
  }

  /** Goes on until nothing is due any more. */
  run(): void {
    for (let next = this.#due.pop(); next !== undefined; next = this.#due.pop()) {
      this.#now = next.at;
      next.run();
    }
  }
}
