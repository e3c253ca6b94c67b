import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Remote } from '../../../town/ports/git-store.ts';
import { GitFailed, GitMissing } from '../git-errors.ts';
import { remoteAccess } from '../remote-access.ts';

const run = promisify(execFile);
const outputBytesMax = 16 * 1024 * 1024;

/** Variables by which a surrounding git command would send ours to another repository. */
const misleading = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

/**
 * git in the person's own workspace, with their own configuration (ignore files, identity), but without their hooks: the
 * town does nothing there that a person's hook should hear of.
 */
export async function userGit(folder: string, args: readonly string[], remote?: Remote): Promise<string> {
  const access = remote ? remoteAccess(remote) : null;
  const settings: (readonly [string, string])[] = [
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['core.quotePath', 'false'],
    ...(access?.settings ?? []),
  ];
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
  for (const name of misleading) delete env[name];
  env.GIT_CONFIG_COUNT = String(settings.length);
  for (const [index, [key, value]] of settings.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  try {
    const { stdout } = await run('git', ['-C', folder, ...args], { env, maxBuffer: outputBytesMax });
    return stdout.replace(/\n$/, '');
  } catch (error) {
    throw asGitError(error, args);
  }
}

/** The same, with null where git answers by a failure: what was asked for is not there. */
export async function userGitOrNull(folder: string, args: readonly string[]): Promise<string | null> {
  try {
    return await userGit(folder, args);
  } catch (error) {
    if (error instanceof GitFailed) return null;
    throw error;
  }
}

function asGitError(error: unknown, args: readonly string[]): Error {
  const failure = error as { code?: unknown; stderr?: unknown };
  if (failure.code === 'ENOENT') return new GitMissing('git', { cause: error });
  const exitCode = typeof failure.code === 'number' ? failure.code : null;
  const stderr = typeof failure.stderr === 'string' ? failure.stderr.slice(-4096) : '';
  return new GitFailed({ command: args[0] ?? '', exitCode, stderr }, { cause: error });
}
