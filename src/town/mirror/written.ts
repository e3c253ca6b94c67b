import { createHash } from 'node:crypto';

/**
 * What this process has written last, by place, so that a text that stands already isn't written again. A work list, not
 * a fact: losing it costs a look, and an edit for each place that says something else.
 */
export class Written {
  readonly #hashes = new Map<string, string>();
  /** Ids of intents that this process has written and not acted upon yet: nothing of them can be on GitHub. */
  readonly untried = new Set<string>();
  /** What stood before this process began is known, as far as it still says the same. */
  isRecalled = false;
  #count = 0;

  /** How often something was written. */
  get count(): number {
    return this.#count;
  }

  /** Runs `write` unless this very text is known to stand at this place. */
  async unlessSame(place: string, text: string, write: () => Promise<void>): Promise<void> {
    const hash = createHash('sha256').update(text).digest('hex');
    if (this.#hashes.get(place) === hash) return;
    await write();
    this.#count += 1;
    this.#hashes.set(place, hash);
  }

  stands(place: string, text: string): void {
    this.#hashes.set(place, createHash('sha256').update(text).digest('hex'));
  }
}
