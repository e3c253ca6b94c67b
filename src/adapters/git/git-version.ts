import { GitTooOld } from './git-errors.ts';
import type { Git } from './git-process.ts';

/** Fails with `GitMissing` or `GitTooOld` unless `merge-tree --write-tree` is there (git 2.38). */
export async function requireGit(git: Git): Promise<void> {
  const said = await git.text(['version']);
  const [, major = '0', minor = '0'] = /^git version (\d+)\.(\d+)/.exec(said) ?? [];
  if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 38)) {
    throw new GitTooOld(said.replace(/^git version /, ''));
  }
}
