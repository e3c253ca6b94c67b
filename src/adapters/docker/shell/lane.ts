import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type Dockerode from 'dockerode';
import { Demultiplexer } from '../engine/demultiplex.ts';
import { engineCall } from '../engine/engine-call.ts';
import { SandboxFailed } from '../engine/errors.ts';
import { SPARE_TOOLS } from '../snapshot/town-files.ts';
import { SectionScanner } from './section-scanner.ts';

/** Takes the bytes of a call's sections as they arrive. Returning false gives the lane up. */
export type SectionSink = (section: number, bytes: Buffer) => boolean | undefined;

/** `ended` with the status that the script gave; `lost` when the shell went away or answered nonsense. */
export type LaneAnswer = { readonly status: 'ended'; readonly exit: number } | { readonly status: 'lost' };

/** What a lane runs in one call. Each write to its stream costs, so nothing is printed that tells nothing. */
export interface LaneScript {
  /** `$next` is a command that begins a section, `status N` one that ends with N; the answer is the text's exit status. */
  readonly text: string;
  /** Run once the answer is out, before the lane's next call. */
  readonly after?: string;
}

interface PendingCall {
  readonly scanner: SectionScanner;
  readonly settle: (answer: LaneAnswer) => void;
  givenUp: boolean;
}

/** What nothing that runs in the container can guess. */
export const newFarewell = (): string => randomBytes(16).toString('hex');

/**
 * The command of a container whose first shell is a lane. When that shell is gone it says so, as the container's streams stay
 * open, and then waits for ever: its standard input stays open and silent.
 */
export const firstLane = (farewell: string): readonly string[] => [
  'sh',
  '-c',
  'sh; printf %s "$1"; while read -r _; do :; done',
  'sh',
  farewell,
];

/** What the image has comes first; a variable that is not exported is no command's. */
const searchLast = `PATH="\${PATH:-/usr/local/bin:/usr/bin:/bin}:${SPARE_TOOLS}"; export PATH; shell=$(command -v sh); setsid=$(command -v setsid); `;
/** A static one is there in half of the time, and each command starts with it. */
const quicker = `if busybox setsid true 2>/dev/null; then setsid="$(command -v busybox) setsid"; fi; `;
/** A function's status sets \`$?\` without the price of a subshell. */
const hello = { text: `${searchLast}${quicker}status() { return "$1"; }; $next; printf %s "$$"` };

/**
 * A shell that stays open in a container and takes one script after the other on its standard input, which saves the
 * price of an exec for each. What it answers is the word of whoever works in the container.
 */
export class Lane {
  readonly #stream: Duplex;
  readonly #demultiplexer: Demultiplexer;
  #pending: PendingCall | null = null;
  #open = true;
  /** What follows the shell's end on a stream that goes on, and the bytes before the next ones, for what is cut in two. */
  readonly #farewell: Buffer | null;
  #tail = Buffer.of();
  /** Process id of the shell inside the container. */
  pid = 0;

  private constructor(stream: Duplex, farewell: Buffer | null = null) {
    this.#stream = stream;
    this.#farewell = farewell;
    this.#demultiplexer = new Demultiplexer(
      (bytes) => this.#take(bytes),
      () => undefined,
    );
    stream.on('data', (chunk: Buffer) => this.#demultiplexer.push(chunk));
    const close = (): void => this.#lose();
    stream.on('end', close).on('close', close).on('error', close);
  }

  /** One more shell. Rejects with `EngineUnavailable`, or with `SandboxFailed` when no shell comes up. */
  static async open(container: Dockerode.Container): Promise<Lane> {
    const stream = await engineCall('opening a shell in a container', async () => {
      const exec = await container.exec({
        Cmd: ['sh'],
        User: '1000:1000',
        WorkingDir: '/workspace',
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
      });
      return exec.start({ hijack: true, stdin: true });
    });
    return new Lane(stream).#greeted();
  }

  /**
   * Starts a container made with `firstLane(farewell)`, whose shell is the lane: without the price of an exec. Rejects as
   * `open` does.
   */
  static async start(container: Dockerode.Container, farewell: string): Promise<Lane> {
    const stream = (await engineCall('attaching to a container', () =>
      container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true }),
    )) as Duplex;
    const lane = new Lane(stream, Buffer.from(farewell, 'latin1'));
    try {
      await engineCall('starting a container', () => container.start());
    } catch (error) {
      lane.close();
      throw error;
    }
    return lane.#greeted();
  }

  async #greeted(): Promise<Lane> {
    let pid = '';
    await this.call(hello, (_section, bytes) => {
      pid += bytes.toString('latin1');
      return pid.length < 12;
    });
    this.pid = Number.parseInt(pid, 10);
    if (this.pid > 0) return this;
    this.close();
    const reason = 'the shell gave no answer';
    throw new SandboxFailed({ doing: 'opening a shell in a container', status: null, reason });
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Runs shell text whose output goes to `sink`; what it prints before its first section is dropped. One call at a time. */
  call({ text, after = '' }: LaneScript, sink: SectionSink): Promise<LaneAnswer> {
    const mark = randomBytes(16).toString('hex');
    return new Promise((resolve) => {
      if (!this.#open || this.#pending !== null) {
        resolve({ status: 'lost' });
        return;
      }
      const pending: PendingCall = {
        scanner: new SectionScanner(mark, (section, bytes) => {
          if (!pending.givenUp && sink(section, bytes) === false) pending.givenUp = true;
        }),
        settle: resolve,
        givenUp: false,
      };
      this.#pending = pending;
      this.#stream.write(
        `next='printf %s ${mark}n'\n${text}\nprintf '%s%s\\n' ${mark}e "$?"\n${after === '' ? '' : `${after}\n`}`,
      );
    });
  }

  /** Ends the shell as soon as it reads on; what it runs just then is not killed. */
  close(): void {
    this.#stream.end();
    this.#stream.destroy();
    this.#lose();
  }

  #take(bytes: Buffer): void {
    if (this.#hasGone(bytes)) {
      this.close();
      return;
    }
    const pending = this.#pending;
    if (pending === null) return;
    const end = pending.scanner.push(bytes);
    if (pending.givenUp || end === 'garbled') {
      this.close();
      return;
    }
    if (end === null) return;
    this.#pending = null;
    pending.settle({ status: 'ended', exit: end });
  }

  #hasGone(bytes: Buffer): boolean {
    if (this.#farewell === null) return false;
    const recent = Buffer.concat([this.#tail, bytes]);
    this.#tail = recent.subarray(Math.max(0, recent.length - this.#farewell.length + 1));
    return recent.includes(this.#farewell);
  }

  #lose(): void {
    this.#open = false;
    const pending = this.#pending;
    this.#pending = null;
    pending?.settle({ status: 'lost' });
  }
}
