import type { RefMove, RefStore } from '../ports/ref-store.ts';

/** Refs that are no streams and go along with the next push, so that what an event names is there the moment the event is. */
export class CarriedRefs {
  readonly #refs: Pick<RefStore, 'list'>;
  readonly #wanted = new Map<string, string>();
  /** Where they stand on the remote, as far as this process knows; a ref that is not in it is taken to be absent. */
  readonly #standing = new Map<string, string>();

  constructor(refs: Pick<RefStore, 'list'>) {
    this.#refs = refs;
  }

  get size(): number {
    return this.#wanted.size;
  }

  add(ref: string, to: string): void {
    if (this.#standing.get(ref) === to) this.#wanted.delete(ref);
    else this.#wanted.set(ref, to);
  }

  moves(): readonly RefMove[] {
    return [...this.#wanted].map(([ref, to]) => ({ ref, from: this.#standing.get(ref) ?? null, to }));
  }

  landed(moves: readonly RefMove[]): void {
    for (const { ref, to } of moves) {
      if (to === null) continue;
      this.#standing.set(ref, to);
      if (this.#wanted.get(ref) === to) this.#wanted.delete(ref);
    }
  }

  /** After a push that was refused: whether one of them stands elsewhere than was thought. */
  async lookAgain(): Promise<boolean> {
    let moved = false;
    for (const ref of this.#wanted.keys()) {
      const at = (await this.#refs.list(ref)).get(ref);
      if (at === this.#standing.get(ref)) continue;
      moved = true;
      if (at === undefined) this.#standing.delete(ref);
      else this.#standing.set(ref, at);
    }
    return moved;
  }
}
