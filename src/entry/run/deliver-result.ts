import { fastForward, fetchBranch, fetchObjects } from '../../adapters/git/workspace/exchange.ts';
import { userGitOrNull } from '../../adapters/git/workspace/user-git.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { RunOptions } from '../../faces/cli/options/run-options.ts';
import type { View } from '../../faces/cli/view/view.ts';
import type { Remote } from '../../town/ports/git-store.ts';
import type { OpenWorkspace } from './open-workspace.ts';

const whyNot = {
  dirty: 'the working tree has uncommitted changes',
  diverged: 'the current branch has moved on',
  detached: 'no branch is checked out',
} as const;

/**
 * Brings the convoy's branch into the workspace. The working tree and the current branch stay as they are, except in a
 * workspace that was empty, or where `--merge` asks for it: those are fast-forwarded if nothing can be lost by it. The branch
 * comes last: where it stands, nothing is left to do, so a run that was cut off before does all of it again.
 */
export async function deliverResult(
  convoy: Convoy,
  remote: Remote,
  workspace: OpenWorkspace,
  options: RunOptions,
  view: View,
): Promise<void> {
  if (convoy.pullRequest === null) return;
  const { head, sha } = convoy.pullRequest;
  await fetchObjects(workspace.folder, remote, head);
  const passed = convoy.verified?.exitCode === 0 && convoy.verified.commit === sha;
  const wanted = passed && (workspace.wasEmpty || options.merge);
  const moved = wanted ? await fastForward(workspace.folder, sha) : null;
  await fetchBranch(workspace.folder, remote, head);
  view.notice(`Branch ${head} is in ${workspace.folder}.`);
  if (moved === null) return;
  view.notice(
    moved.status === 'merged'
      ? `The current branch and the working tree hold the result.`
      : `The current branch stays as it is: ${whyNot[moved.why]}.`,
  );
}

/** Whether the workspace has the branch of a convoy's pull request as it stands. */
export async function isDelivered(convoy: Convoy, folder: string): Promise<boolean> {
  if (convoy.pullRequest === null) return false;
  const { head, sha } = convoy.pullRequest;
  return (await userGitOrNull(folder, ['rev-parse', '--verify', '--quiet', `refs/heads/${head}`])) === sha;
}
