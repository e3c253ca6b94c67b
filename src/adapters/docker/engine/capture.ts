import type { Captured } from '../../../agent/ports/workspace.ts';

/** Keeps the first and the last bytes of a stream and counts the rest. */
export class HeadAndTail {
  readonly #half: number;
  readonly #head: Buffer[] = [];
  #headSize = 0;
  #tail: Buffer[] = [];
  #tailSize = 0;
  #dropped = 0;

  constructor(maxBytes: number) {
    this.#half = Math.max(1, Math.floor(maxBytes / 2));
  }

  push(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes);
    const first = chunk.subarray(0, this.#half - this.#headSize);
    if (first.length > 0) {
      this.#head.push(first);
      this.#headSize += first.length;
    }
    const rest = chunk.subarray(first.length);
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailSize += rest.length;
    if (this.#tailSize > this.#half * 4) this.#shorten();
  }

  result(): Captured {
    this.#shorten();
    return { head: Buffer.concat(this.#head), tail: Buffer.concat(this.#tail), omittedBytes: this.#dropped };
  }

  #shorten(): void {
    const all = Buffer.concat(this.#tail);
    const kept = all.subarray(Math.max(0, all.length - this.#half));
    this.#dropped += all.length - kept.length;
    this.#tail = kept.length > 0 ? [kept] : [];
    this.#tailSize = kept.length;
  }
}

/** Head and tail as one text of bytes, with a line between them that says what is missing. */
export function joined(captured: Captured): Uint8Array {
  if (captured.omittedBytes === 0) return Buffer.concat([captured.head, captured.tail]);
  const gap = Buffer.from(`\n… ${captured.omittedBytes} bytes left out …\n`, 'utf8');
  return Buffer.concat([captured.head, gap, captured.tail]);
}
