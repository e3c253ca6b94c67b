/** How a call's output is cut up: the mark, then `n` (next section) or `e`, an exit status and a newline (end). */
const NEXT = 0x6e;
const END = 0x65;

/**
 * Cuts the output of one call on a lane into sections. The mark is random for each call, so output can hold anything;
 * what comes before the first mark (late output of an earlier call) is dropped.
 */
export class SectionScanner {
  readonly #mark: Buffer;
  readonly #onBytes: (section: number, bytes: Buffer) => void;
  #carry = Buffer.alloc(0);
  #section = -1;

  constructor(mark: string, onBytes: (section: number, bytes: Buffer) => void) {
    this.#mark = Buffer.from(mark, 'latin1');
    this.#onBytes = onBytes;
  }

  /** The exit status once the end has been seen, `garbled` when what follows a mark is nonsense, else null. */
  push(chunk: Buffer): number | 'garbled' | null {
    let data = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    for (;;) {
      const at = data.indexOf(this.#mark);
      if (at === -1) {
        const keep = Math.min(data.length, this.#mark.length - 1);
        this.#emit(data.subarray(0, data.length - keep));
        this.#carry = Buffer.from(data.subarray(data.length - keep));
        return null;
      }
      const kind = data[at + this.#mark.length];
      const after = data.subarray(at + this.#mark.length + 1);
      const newline = kind === END ? after.subarray(0, 8).indexOf(0x0a) : 0;
      if (kind === undefined || (newline === -1 && after.length < 8)) {
        this.#emit(data.subarray(0, at));
        this.#carry = Buffer.from(data.subarray(at));
        return null;
      }
      this.#emit(data.subarray(0, at));
      if (kind === END) {
        const digits = after.toString('latin1', 0, newline);
        return newline >= 0 && /^\d{1,5}$/.test(digits) ? Number(digits) : 'garbled';
      }
      if (kind !== NEXT) return 'garbled';
      this.#section += 1;
      data = after;
    }
  }

  #emit(bytes: Buffer): void {
    if (this.#section >= 0 && bytes.length > 0) this.#onBytes(this.#section, bytes);
  }
}
