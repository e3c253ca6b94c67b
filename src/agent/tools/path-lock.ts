import { posix } from 'node:path';

/** Lets calls that run at the same time read, change and write the same file one after the other. */
export class PathLock {
  readonly #last = new Map<string, Promise<unknown>>();

  async hold<T>(path: string, work: () => Promise<T>): Promise<T> {
    const key = posix.normalize(path.replace(/^\/workspace\//, ''));
    const before = this.#last.get(key);
    const mine = before ? before.then(work, work) : work();
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
