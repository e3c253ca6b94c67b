import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { gastownProgram } from './gastown-program.ts';

/** One line of `--json`. */
export interface JsonLine {
  readonly type: string;
  /** Of a line of type `event`: the event's own type. */
  readonly event?: string;
  readonly [field: string]: unknown;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lines: readonly JsonLine[];
  /** What was written to the error stream. */
  readonly said: string;
}

export interface GastownProcess {
  /** Sent to the program alone. */
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the first line that fits, also one that came before; rejects when the program ends without it. */
  line(fits: (line: JsonLine) => boolean): Promise<JsonLine>;
  readonly ended: Promise<Ended>;
}

/** Starts the program as a person does, and reads its lines as they come. It doesn't outlive the running test. */
export function startGastown(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  program: string = gastownProgram(),
): GastownProcess {
  const child: ChildProcess = spawn(process.execPath, [program, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (!child.stdout || !child.stderr) throw new Error('the program has no output');
  const lines: JsonLine[] = [];
  const waiting = new Set<{ fits: (line: JsonLine) => boolean; found: (line: JsonLine) => void }>();
  const reader = createInterface(child.stdout);
  reader.on('line', (read) => {
    const line = read.startsWith('{') ? (JSON.parse(read) as JsonLine) : { type: 'text', text: read };
    lines.push(line);
    for (const one of waiting) if (one.fits(line)) one.found(line);
  });
  const said = text(child.stderr);
  const read = once(reader, 'close');
  const ended = once(child, 'close').then(async ([code, signal]): Promise<Ended> => {
    await read;
    return { code, signal, lines, said: await said };
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    kill: (signal) => void child.kill(signal),
    line: async (fits) => {
      const { promise, resolve, reject } = Promise.withResolvers<JsonLine>();
      const before = lines.find(fits);
      if (before) return before;
      const one = { fits, found: resolve };
      waiting.add(one);
      const tooLate = (end: Ended): void =>
        reject(
          new Error(
            `it ended with ${end.code} before that line: ${end.said} ${JSON.stringify(lines.slice(-3))}`,
          ),
        );
      void ended.then(tooLate);
      return promise.finally(() => waiting.delete(one));
    },
    ended,
  };
}
