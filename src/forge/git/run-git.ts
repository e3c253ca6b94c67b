import { spawn } from 'node:child_process';

/** git failed; its exit status and what it said. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly code: number | null;
  readonly stderr: string;

  constructor(arguments_: readonly string[], code: number | null, stderr: string) {
    super(`git ${arguments_[0]} ended with ${code}: ${stderr.trim()}`);
    this.code = code;
    this.stderr = stderr;
  }
}

export interface GitResult {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The environment of every git process: nothing of the machine's own configuration, no prompts. */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    ...extra,
  };
}

/** Runs git in a bare repository and hands back whatever came of it. */
export function tryGit(
  repository: string,
  arguments_: readonly string[],
  options: { readonly input?: string | Buffer; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['-c', 'core.hooksPath=/dev/null', '--git-dir', repository, ...arguments_], {
      env: gitEnvironment(options.env),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', reject);
    // git may end before it has read its input (a bad argument): the exit status tells, the broken pipe does not.
    child.stdin.on('error', () => undefined);
    child.on('close', (code) =>
      resolve({ code, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString() }),
    );
    child.stdin.end(options.input);
  });
}

/** Runs git and returns what it printed. @throws GitError where it fails. */
export async function git(
  repository: string,
  arguments_: readonly string[],
  options: { readonly input?: string | Buffer; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const result = await tryGit(repository, arguments_, options);
  if (result.code !== 0) throw new GitError(arguments_, result.code, result.stderr);
  return result.stdout.toString();
}
