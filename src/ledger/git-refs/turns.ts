/** One thing after the other: each begins when those before it are over, whatever became of them. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work);
    // What went wrong is for whoever asked; the next one begins all the same.
    this.#last = turn.then(
      () => null,
      () => null,
    );
    return turn;
  }
}
