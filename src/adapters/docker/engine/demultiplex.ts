/** What the engine sends on a stream without a terminal: frames of 8 header bytes (kind, three zeros, length) and payload. */
export class Demultiplexer {
  readonly #onOutput: (bytes: Buffer) => void;
  readonly #onError: (bytes: Buffer) => void;
  #header = Buffer.alloc(0);
  #kind = 0;
  #left = 0;

  constructor(onOutput: (bytes: Buffer) => void, onError: (bytes: Buffer) => void) {
    this.#onOutput = onOutput;
    this.#onError = onError;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.#left === 0) {
        rest = this.#readHeader(rest);
        continue;
      }
      const piece = rest.subarray(0, this.#left);
      rest = rest.subarray(piece.length);
      this.#left -= piece.length;
      if (this.#kind === 2) this.#onError(piece);
      else this.#onOutput(piece);
    }
  }

  #readHeader(chunk: Buffer): Buffer {
    const missing = 8 - this.#header.length;
    this.#header = Buffer.concat([this.#header, chunk.subarray(0, missing)]);
    if (this.#header.length === 8) {
      this.#kind = this.#header.readUInt8(0);
      this.#left = this.#header.readUInt32BE(4);
      this.#header = Buffer.alloc(0);
    }
    return chunk.subarray(missing);
  }
}
