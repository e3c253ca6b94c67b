import { nullSha } from './refs.ts';

/** One ref that a push asks to move. */
export interface PushCommand {
  readonly before: string;
  readonly after: string;
  readonly ref: string;
}

export interface PushHead {
  readonly commands: readonly PushCommand[];
  readonly capabilities: readonly string[];
}

/** Longest command list read, in bytes: some 60,000 refs. */
const longest = 8 * 1024 * 1024;

/** Collects the command list at the start of a receive-pack body, chunk by chunk. */
export class PushCommandReader {
  #held = Buffer.alloc(0);
  #done = false;
  #head: PushHead = { commands: [], capabilities: [] };

  add(chunk: Buffer): void {
    if (this.#done) return;
    this.#held = Buffer.concat([this.#held, chunk]);
    this.#parse();
    if (this.#held.length > longest) this.#done = true;
  }

  /** What was read up to the flush packet. */
  get head(): PushHead {
    return this.#head;
  }

  #parse(): void {
    while (!this.#done && this.#held.length >= 4) {
      const length = Number.parseInt(this.#held.subarray(0, 4).toString('latin1'), 16);
      if (Number.isNaN(length) || length < 4) {
        this.#done = true;
        return;
      }
      if (this.#held.length < length) return;
      this.#line(this.#held.subarray(4, length).toString());
      this.#held = this.#held.subarray(length);
    }
  }

  #line(text: string): void {
    const [command = '', capabilities] = text.replace(/\n$/, '').split('\0');
    const parsed = /^([0-9a-f]{40}) ([0-9a-f]{40}) (.+)$/.exec(command);
    if (parsed === null) return;
    const [, before = nullSha, after = nullSha, ref = ''] = parsed;
    this.#head = {
      commands: [...this.#head.commands, { before, after, ref }],
      capabilities: capabilities === undefined ? this.#head.capabilities : capabilities.trim().split(' '),
    };
  }
}

/** The refs that a receive-pack answer reports as moved (`ok REF`), through its side band where it has one. */
export function acceptedRefs(answer: Buffer, sideBand: boolean): Set<string> {
  const report = sideBand
    ? Buffer.concat(
        packets(answer)
          .filter((p) => p[0] === 1)
          .map((p) => p.subarray(1)),
      )
    : answer;
  const accepted = new Set<string>();
  for (const packet of packets(report)) {
    const line = packet.toString().trimEnd();
    if (line.startsWith('ok ')) accepted.add(line.slice(3));
  }
  return accepted;
}

function packets(data: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= data.length; ) {
    const length = Number.parseInt(data.subarray(at, at + 4).toString('latin1'), 16);
    if (Number.isNaN(length)) break;
    if (length > 4) found.push(data.subarray(at + 4, at + length));
    at += Math.max(length, 4);
  }
  return found;
}
