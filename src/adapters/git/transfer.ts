import type { PushResult, Remote } from '../../town/ports/git-store.ts';
import type { Git } from './git-process.ts';
import { remoteAccess } from './remote-access.ts';
import { type PushPatience, runPush } from './run-push.ts';

/**
 * Fetches exactly the refspecs: no tags, no submodules, no FETCH_HEAD. Objects are checked as they come in. `takesCare`:
 * git packs what has become too many files afterwards.
 */
export async function fetch(
  git: Git,
  remote: Remote,
  refspecs: readonly string[],
  { takesCare }: { readonly takesCare: boolean } = { takesCare: true },
): Promise<void> {
  const { url, settings, variables } = remoteAccess(remote);
  await git.run(
    [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-recurse-submodules',
      '--no-write-fetch-head',
      takesCare ? '--auto-maintenance' : '--no-auto-maintenance',
      '--end-of-options',
    ].concat(url, refspecs),
    { settings, variables },
  );
}

/**
 * Pushes one commit (null: none, the ref goes) to one ref if it stands at `expected` there, decided by the remote itself.
 * Rejects with `GitFailed` or `PushUnanswered` where the outcome is open.
 */
export async function push(
  git: Git,
  remote: Remote,
  {
    commit,
    ref,
    expected,
  }: { readonly commit: string | null; readonly ref: string; readonly expected: string | null },
  patience: PushPatience,
): Promise<PushResult> {
  const refspec = `${commit ?? ''}:${ref}`;
  const args = { options: [`--force-with-lease=${ref}:${expected ?? ''}`], specs: [refspec] };
  const { status, lines } = await runPush(git, async () => remote, args, patience);
  const [flag, , summary] = lines.find((line) => line.split('\t')[1] === refspec)?.split('\t') ?? [];
  if (status === 'taken') return { status: flag === '=' ? 'up-to-date' : 'pushed' };
  const reason = summary ?? 'the remote gave no reason';
  return { status: 'rejected', reason, actual: await standing(git, remote, ref) };
}

async function standing(git: Git, remote: Remote, ref: string): Promise<string | null> {
  const { url, settings, variables } = remoteAccess(remote);
  const listed = await git.text(['ls-remote', '--refs', url, ref], { settings, variables });
  const line = listed.split('\n').find((candidate) => candidate.split('\t')[1] === ref);
  return line?.split('\t')[0] ?? null;
}
