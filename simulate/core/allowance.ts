/**
 * An allowance that fills again with time, as the generic cell rate algorithm keeps it: constant memory and time, whatever
 * is taken. Who finds it empty waits their turn; times in seconds.
 */
export class Allowance {
  readonly #each: number;
  readonly #slack: number;
  /** When all that was taken is filled again. */
  #full = 0;

  constructor({
    most,
    seconds,
    burst,
  }: { readonly most: number; readonly seconds: number; readonly burst: number }) {
    this.#each = seconds / most;
    this.#slack = burst * this.#each;
  }

  /** Takes so much at a time that never lies before the last one; gives the seconds until the last of it may be used. */
  take(at: number, much: number): number {
    if (much <= 0) return 0;
    this.#full = Math.max(this.#full, at) + much * this.#each;
    return Math.max(0, this.#full - at - this.#slack);
  }
}
