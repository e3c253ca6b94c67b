const open = '<think>';
const close = '</think>';

export interface Split {
  readonly text: string;
  readonly reasoning: string;
}

/**
 * Takes the leading `<think>…</think>` block, which endpoints without a reasoning parser leave in the text, out of the text
 * as it streams in. A block further on is left where it is: there it may be what the agent writes about.
 */
export class ThinkingSplitter {
  #state: 'start' | 'thinking' | 'text' = 'start';
  #held = '';

  /** What of a piece is text and what is reasoning; what can't be told yet is held back. */
  push(piece: string): Split {
    if (this.#state === 'text') return { text: piece, reasoning: '' };
    this.#held += piece;
    if (this.#state === 'start' && !this.#start()) return { text: '', reasoning: '' };
    return this.#state === 'thinking' ? this.#thinking() : this.#release();
  }

  /** What was still held back when the stream ended. */
  end(): Split {
    const rest = this.#held;
    this.#held = '';
    return this.#state === 'thinking' ? { text: '', reasoning: rest } : { text: rest, reasoning: '' };
  }

  /** Decides whether the text begins with thinking; false while that can't be told. */
  #start(): boolean {
    const begun = this.#held.trimStart();
    if (begun.length < open.length && open.startsWith(begun)) return false;
    this.#state = begun.startsWith(open) ? 'thinking' : 'text';
    if (this.#state === 'thinking') this.#held = begun.slice(open.length);
    return true;
  }

  #thinking(): Split {
    const end = this.#held.indexOf(close);
    if (end >= 0) {
      const reasoning = this.#held.slice(0, end);
      const text = this.#held.slice(end + close.length).trimStart();
      this.#state = 'text';
      this.#held = '';
      return { text, reasoning };
    }
    const safe = this.#held.length - partialEnd(this.#held);
    const reasoning = this.#held.slice(0, safe);
    this.#held = this.#held.slice(safe);
    return { text: '', reasoning };
  }

  #release(): Split {
    const text = this.#held;
    this.#held = '';
    return { text, reasoning: '' };
  }
}

/** How many characters at the end of a text may be the beginning of the closing mark. */
function partialEnd(text: string): number {
  for (let length = Math.min(close.length - 1, text.length); length > 0; length -= 1) {
    if (close.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
