/** Points spent within the last `length` milliseconds. */
export class SlidingWindow {
  readonly #length: number;
  #spent: { readonly at: number; readonly points: number }[] = [];

  constructor(length: number) {
    this.#length = length;
  }

  /** Spends points where `most` allows it; else returns the whole seconds until it would, and spends nothing. */
  take(points: number, most: number, at: number): number | undefined {
    this.#spent = this.#spent.filter((entry) => entry.at > at - this.#length);
    const total = this.#spent.reduce((sum, entry) => sum + entry.points, 0);
    if (total + points <= most) {
      this.#spent.push({ at, points });
      return undefined;
    }
    const oldest = this.#spent[0]?.at ?? at;
    return Math.max(1, Math.ceil((oldest + this.#length - at) / 1000));
  }
}
