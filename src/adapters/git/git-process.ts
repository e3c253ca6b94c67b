import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { gitEnvironment } from './git-environment.ts';
import { GitFailed, GitMissing } from './git-errors.ts';

const stderrKept = 4096;

export interface GitOptions {
  readonly input?: string | Uint8Array;
  /** Exit statuses that are answers rather than failures. Default: only 0. */
  readonly allowed?: readonly number[];
  readonly settings?: readonly (readonly [string, string])[];
  readonly variables?: Readonly<Record<string, string>>;
}

export interface GitOutput {
  readonly exitCode: number;
  readonly stdout: Buffer;
}

export interface GitProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** Resolves once the process is gone and its output has been read; rejects with `GitMissing` or `GitFailed`. */
  readonly ended: Promise<number>;
}

/** Runs git in one repository. */
export interface Git {
  run(args: readonly string[], options?: GitOptions): Promise<GitOutput>;
  /** Output as text without its last newline. */
  text(args: readonly string[], options?: GitOptions): Promise<string>;
  start(args: readonly string[], options?: GitOptions): GitProcess;
}

export interface GitPlace {
  readonly program: string;
  readonly repository: string | null;
  readonly host: Readonly<Record<string, string | undefined>>;
}

/** A git for one bare repository (or none, for commands that need no repository). */
export function createGit(place: GitPlace): Git {
  const start = (args: readonly string[], options: GitOptions = {}): GitProcess => {
    const where = place.repository === null ? [] : [`--git-dir=${place.repository}`];
    const child = spawn(place.program, [...where, ...args], {
      cwd: '/',
      env: gitEnvironment({
        host: place.host,
        extra: options.settings ?? [],
        variables: options.variables ?? {},
      }),
      stdio: 'pipe',
    });
    return { child, ended: ending(place.program, child, args, options.allowed ?? [0]) };
  };

  const run = async (args: readonly string[], options: GitOptions = {}): Promise<GitOutput> => {
    const { child, ended } = start(args, options);
    const pieces: Buffer[] = [];
    child.stdout.on('data', (piece: Buffer) => pieces.push(piece));
    child.stdin.end(options.input ?? '');
    return { exitCode: await ended, stdout: Buffer.concat(pieces) };
  };

  const text = async (args: readonly string[], options: GitOptions = {}): Promise<string> =>
    (await run(args, options)).stdout.toString('utf8').replace(/\n$/, '');

  return { run, text, start };
}

async function ending(
  program: string,
  child: ChildProcessWithoutNullStreams,
  args: readonly string[],
  allowed: readonly number[],
): Promise<number> {
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr = (stderr + piece).slice(-stderrKept);
  });
  // A process that ends before it has read its input is judged by its exit status, not by the broken pipe.
  child.stdin.on('error', () => child.stdin.destroy());
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'ENOENT' ? new GitMissing(program, { cause: error }) : error);
    });
  });
  const [exitCode] = (await Promise.race([once(child, 'close'), failed])) as [number | null];
  if (exitCode === null || !allowed.includes(exitCode)) {
    throw new GitFailed({ command: args.join(' ').slice(0, 200), exitCode, stderr });
  }
  return exitCode;
}
