import { EventEmitter, once } from 'node:events';

/** Tells whoever waits that the ledger has grown. What happened while nobody looked is told as one change. */
export class Changes {
  readonly #emitter = new EventEmitter().setMaxListeners(0);
  #count = 0;

  /** Something was added to the ledger. */
  tell(): void {
    this.#count += 1;
    this.#emitter.emit('change');
  }

  /** How often there was something to tell. */
  get count(): number {
    return this.#count;
  }

  /** Resolves with the count once it is above `seen`; rejects when `signal` is aborted. */
  async above(seen: number, signal: AbortSignal): Promise<number> {
    if (this.#count <= seen) await once(this.#emitter, 'change', { signal });
    return this.#count;
  }
}
