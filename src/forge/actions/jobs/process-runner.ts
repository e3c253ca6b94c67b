import { spawn } from 'node:child_process';
import type { RunAction } from '../options.ts';
import { onAbort } from './on-abort.ts';

/** A program that stands for a container action's image. */
export interface ActionProgram {
  readonly command: string;
  /** What stands before the action's own arguments. */
  readonly args: readonly string[];
  /** What the program needs beside what the job gives, such as PATH. */
  readonly env: Readonly<Record<string, string>>;
}

/** Runs container actions as child processes of this one, each in a group of its own. */
export function processRunner(program: ActionProgram): RunAction {
  return (call) =>
    new Promise((resolve, reject) => {
      const child = spawn(program.command, [...program.args, ...call.args], {
        cwd: call.env.GITHUB_WORKSPACE ?? call.files,
        env: { ...program.env, ...call.env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      const signal = (name: NodeJS.Signals) => () => signalGroup(child.pid, name);
      const undo = [onAbort(call.interrupt, signal('SIGINT')), onAbort(call.kill, signal('SIGKILL'))];
      child.stdout.setEncoding('utf8').on('data', (text: string) => call.write(text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => call.write(text));
      child.on('error', reject);
      child.on('close', (code) => {
        for (const off of undo) off();
        resolve(code ?? 137);
      });
    });
}

/** A group that has ended already needs no signal. */
function signalGroup(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
