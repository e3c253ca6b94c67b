import type { Remote } from '../../../town/ports/git-store.ts';
import { userGit, userGitOrNull } from './user-git.ts';

/** Pushes a commit of the workspace to a branch of a remote. */
export async function pushCommit(
  folder: string,
  remote: Remote,
  commit: string,
  branch: string,
): Promise<void> {
  await userGit(folder, ['push', '--quiet', '--force', remote.url, `${commit}:refs/heads/${branch}`], remote);
}

/** Brings what a remote's branch holds into the workspace, with no ref: nothing of it is to be seen yet. */
export async function fetchObjects(folder: string, remote: Remote, branch: string): Promise<void> {
  const quietly = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head'];
  await userGit(folder, [...quietly, remote.url, `refs/heads/${branch}`], remote);
}

/** Brings a remote's branch into the workspace as a branch of the same name; working tree and current branch stay. */
export async function fetchBranch(folder: string, remote: Remote, branch: string): Promise<string> {
  const refspec = `+refs/heads/${branch}:refs/heads/${branch}`;
  await userGit(
    folder,
    ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', remote.url, refspec],
    remote,
  );
  return userGit(folder, ['rev-parse', `refs/heads/${branch}`]);
}

export type FastForward =
  | { readonly status: 'merged' }
  | { readonly status: 'refused'; readonly why: 'dirty' | 'diverged' | 'detached' };

/** Moves the checked-out branch and the working tree to a commit, if nothing at all could be lost by it. */
export async function fastForward(folder: string, commit: string): Promise<FastForward> {
  const branch = await userGitOrNull(folder, ['symbolic-ref', '--short', '--quiet', 'HEAD']);
  if (branch === null) return { status: 'refused', why: 'detached' };
  const status = await userGit(folder, ['status', '--porcelain', '--untracked-files=normal']);
  if (status !== '') return { status: 'refused', why: 'dirty' };
  const base = await userGitOrNull(folder, ['merge-base', 'HEAD', commit]);
  if (base !== (await userGit(folder, ['rev-parse', 'HEAD']))) return { status: 'refused', why: 'diverged' };
  await userGit(folder, ['merge', '--quiet', '--ff-only', commit]);
  return { status: 'merged' };
}
