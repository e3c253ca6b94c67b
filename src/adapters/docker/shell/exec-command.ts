import { randomBytes } from 'node:crypto';
import type { Captured, ExecOptions, ExecResult } from '../../../agent/ports/workspace.ts';
import { joined } from '../engine/capture.ts';
import type { Lanes } from './lanes.ts';
import { feed, quote } from './shell-text.ts';
import type { WritableGuard } from './writable-guard.ts';

/** A single argument may have 128 KiB on Linux; longer commands go through a file. */
const LONGEST_ARGUMENT = 100_000;
const KEPT_FILES = 16;

const NOTE = Buffer.from(
  '\n[stopped: the container has written more than it may; remove files before going on]\n',
);
const withNote = (stderr: Captured): Captured =>
  stderr.omittedBytes === 0
    ? { ...stderr, head: Buffer.concat([stderr.head, NOTE]) }
    : { ...stderr, tail: Buffer.concat([stderr.tail, NOTE]) };
const nothing: Captured = { head: new Uint8Array(), tail: new Uint8Array(), omittedBytes: 0 };

/**
 * Runs commands of a workspace. Their output goes to files in the container, so that whatever a command leaves running
 * can't write into the output of a later one, and so that only what is asked for crosses the wire.
 */
export class CommandRunner {
  readonly #lanes: Lanes;
  readonly #guard: () => WritableGuard;
  readonly #folder = `/tmp/.gas-town-${randomBytes(6).toString('hex')}`;
  readonly #used: string[] = [];
  /** Names whose files are there, empty, or about to be: making them costs more than many a command. */
  readonly #ready: string[] = [];
  #count = 0;

  /** `guard` begins to watch what the container writes. */
  constructor(lanes: Lanes, guard: () => WritableGuard) {
    this.#lanes = lanes;
    this.#guard = guard;
  }

  async exec(command: string, options: ExecOptions): Promise<ExecResult> {
    if (command.includes('\0')) {
      const message = Buffer.from('sh: the command holds a NUL byte\n');
      return { stdout: nothing, stderr: { ...nothing, head: message }, exitCode: 126, timedOut: false };
    }
    const before = this.#count === 0 ? [`mkdir -p ${this.#folder}`] : [];
    const base = this.#ready.shift() ?? this.#newName();
    const later = this.#newName();
    const most = options.maxOutputBytes ?? 32 * 1024;
    const streams: Buffer[][] = [[], []];
    const sizes = [0, 0];
    const guard = this.#guard();
    const signals = options.signal === undefined ? [guard.signal] : [options.signal, guard.signal];
    const answer = await this.#lanes
      .call(
        { text: this.#script(base, command, options, most, before), after: this.#clearUp(later) },
        (section, bytes) => {
          streams[section]?.push(bytes);
          sizes[section] = (sizes[section] ?? 0) + bytes.length;
          return section < 2 && (sizes[section] ?? 0) <= most + 1;
        },
        { timeoutMs: options.timeoutMs, signal: AbortSignal.any(signals) },
      )
      .finally(() => guard.stop());
    this.#used.push(base);
    if (answer.status === 'ended') this.#ready.push(later);
    const [stdout, stderr] = await Promise.all([
      this.#captured(`${base}.1`, Buffer.concat(streams[0] ?? []), most),
      this.#captured(`${base}.2`, Buffer.concat(streams[1] ?? []), most),
    ]);
    const ended = answer.status === 'ended' && answer.killed === null;
    return {
      stdout,
      stderr: guard.signal.aborted ? withNote(stderr) : stderr,
      exitCode: ended ? answer.exit : null,
      timedOut: answer.killed === 'timeout',
    };
  }

  #newName(): string {
    this.#count += 1;
    return `${this.#folder}/${this.#count}`;
  }

  /** Makes the files of a later call, and removes old ones. Another lane may be writing to them already. */
  #clearUp(later: string): string {
    const made = `: >>${later}.1 2>>${later}.2`;
    if (this.#used.length <= KEPT_FILES) return made;
    const old = this.#used.splice(0, KEPT_FILES / 2);
    return `${made}\nrm -f ${old.map((name) => `${name}.*`).join(' ')}`;
  }

  #script(base: string, command: string, options: ExecOptions, most: number, before: string[]): string {
    let input = '/dev/null';
    if (options.stdin !== undefined) {
      input = `${base}.0`;
      before.push(feed(options.stdin, `>${input}`));
    }
    // By its path: a busybox that serves as `setsid` would take its own for `sh`.
    let run = `"$shell" -c ${quote(command)}`;
    if (Buffer.byteLength(command) > LONGEST_ARGUMENT) {
      before.push(feed(Buffer.from(command), `>${base}.sh`));
      run = `"$shell" ${base}.sh`;
    }
    const into = options.cwd === undefined ? '' : ` && cd -- ${quote(options.cwd)}`;
    return `${before.join('\n')}
(cd /workspace${into} && exec $setsid ${run}) <${input} >${base}.1 2>${base}.2
code=$?
[ -s ${base}.1 ] && { $next; head -c ${most + 1} ${base}.1; }
[ -s ${base}.2 ] && { [ -s ${base}.1 ] || $next; $next; head -c ${most + 1} ${base}.2; }
status $code`;
  }

  async #captured(file: string, bytes: Buffer, most: number): Promise<Captured> {
    if (bytes.length <= most) return { head: bytes, tail: new Uint8Array(), omittedBytes: 0 };
    const half = Math.floor(most / 2);
    const sections: Buffer[][] = [[], []];
    await this.#lanes.call(
      `wc -c <${file}\n$next\ntail -c ${most - half} ${file}`,
      (section, piece) => {
        sections[section]?.push(piece);
        return (sections[section]?.length ?? 0) < 1000;
      },
      { timeoutMs: 10_000 },
    );
    const size = Number.parseInt(Buffer.concat(sections[0] ?? []).toString('latin1'), 10) || bytes.length;
    const tail = Buffer.concat(sections[1] ?? []).subarray(0, most - half);
    return {
      head: bytes.subarray(0, half),
      tail,
      omittedBytes: Math.max(0, size - half - tail.length),
      file,
    };
  }
}

/** Both streams of a result as text, for messages. */
export const outputText = (result: ExecResult): string =>
  Buffer.concat([joined(result.stdout), joined(result.stderr)]).toString('utf8');
