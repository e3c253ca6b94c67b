import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that runs one of the scripts beside this file, and what it says line by line. */
export interface RunningScript {
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: AsyncIterator<string>;
  /** Resolves when the process has ended and all that it said was read. */
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
}

/** With a `cache` folder, what one process has compiled the next one need not. */
export function runScript(name: string, args: readonly string[], cache?: string): RunningScript {
  const script = new URL(`./${name}`, import.meta.url).pathname;
  const env = cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: cache };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], { env });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<{ code: number | null; errors: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, errors }));
  });
  return { process: child, lines, ended };
}
