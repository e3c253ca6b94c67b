/** How long things took, in seconds, and what of it most of them kept. */
export class Samples {
  readonly #values: number[] = [];

  add(value: number): void {
    this.#values.push(value);
  }

  /** What `share` of them (0 to 1) took at most; 0 where there is none. */
  within(share: number): number {
    const sorted = Float64Array.from(this.#values).sort();
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  }
}

/** How many there are at once, and the most that there ever were. */
export class Level {
  #now = 0;
  #most = 0;

  get most(): number {
    return this.#most;
  }

  change(by: number): void {
    this.#now += by;
    this.#most = Math.max(this.#most, this.#now);
  }
}
