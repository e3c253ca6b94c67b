/** So many places; who finds none waits in line. */
export class Places {
  readonly #most: number;
  readonly #line: (() => void)[] = [];
  #next = 0;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Calls back once there is a place, at once where one is free. */
  enter(begin: () => void): void {
    if (this.#taken < this.#most) {
      this.#taken += 1;
      begin();
    } else this.#line.push(begin);
  }

  leave(): void {
    const next = this.#line[this.#next];
    if (next === undefined) {
      this.#taken -= 1;
      return;
    }
    this.#next += 1;
    // What was called is forgotten now and then, not each time: moving a long line costs.
    if (this.#next > 1024) {
      this.#line.splice(0, this.#next);
      this.#next = 0;
    }
    next();
  }
}
