import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { townFolder } from './inspect-workspace.ts';
import { userGit, userGitOrNull } from './user-git.ts';

const exclusion = `/${townFolder}/`;

/** Makes a folder that is empty, missing or plain a repository whose first commit holds what lies in it. */
export async function makeWorkspaceRepository(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await userGit(folder, ['init', '--quiet', '--initial-branch=main']);
  await hideTownFolder(folder);
  await firstCommit(folder);
}

/** The first commit of a repository that has none. */
export async function firstCommit(folder: string): Promise<void> {
  await userGit(folder, ['add', '--all']);
  const identity = await identityArguments(folder);
  await userGit(folder, [
    ...identity,
    'commit',
    '--quiet',
    '--allow-empty',
    '--message',
    'Begin the repository',
  ]);
}

/** Keeps the town's folder out of every status and commit, without touching a file that is tracked. */
export async function hideTownFolder(folder: string): Promise<void> {
  const exclude = resolve(folder, await userGit(folder, ['rev-parse', '--git-path', 'info/exclude']));
  const before = await readFile(exclude, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (before.split('\n').includes(exclusion)) return;
  await mkdir(dirname(exclude), { recursive: true });
  await appendFile(exclude, `${before === '' || before.endsWith('\n') ? '' : '\n'}${exclusion}\n`);
}

/** The person's own identity where they have set one; else the town's, for this one commit. */
async function identityArguments(folder: string): Promise<readonly string[]> {
  if (await userGitOrNull(folder, ['config', 'user.email'])) return [];
  return ['-c', 'user.name=Gas Town', '-c', 'user.email=gas-town@users.noreply.github.com'];
}
