import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { createInterface } from 'node:readline';

/** A process that runs one of the scripts beside this file, and what it says line by line. */
export interface RunningScript {
  readonly process: ChildProcessWithoutNullStreams;
  readonly lines: AsyncIterator<string>;
  /** Resolves when the process has ended and all that it said was read. */
  readonly ended: Promise<{ readonly code: number | null; readonly errors: string }>;
}

export const scriptFile = (name: string): URL => new URL(`./${name}`, import.meta.url);

/** Runs a script by its name, as it stands there, or by a path. */
export function runScript(script: string, args: readonly string[]): RunningScript {
  const path = isAbsolute(script) ? script : scriptFile(script).pathname;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...args]);
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
