import type Dockerode from 'dockerode';
import { removeContainer } from './remove-container.ts';

/** Removes containers whose work is done, one after the other, so that nobody waits for it and nothing is crowded out by it. */
export class Removals {
  #last: Promise<void> = Promise.resolve();

  /** What can't be removed now is swept with its convoy, or when the town starts again. */
  add(container: Dockerode.Container): void {
    this.#last = this.#last.then(() => removeContainer(container)).catch(() => undefined);
  }

  /** Resolves when all that was added is gone. */
  settled(): Promise<void> {
    return this.#last;
  }
}
