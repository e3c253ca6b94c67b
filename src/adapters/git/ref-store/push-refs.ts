import type { PushOutcome, RefMove } from '../../../ledger/ports/ref-store.ts';
import type { Remote } from '../../../town/ports/git-store.ts';
import type { Git } from '../git-process.ts';
import { remoteAccess } from '../remote-access.ts';

const reasonKept = 1000;

/** Moves all refs or none. Exit status 1 says that the remote refused; any other failure leaves the outcome open. */
export async function pushRefs(git: Git, remote: Remote, moves: readonly RefMove[]): Promise<PushOutcome> {
  const { url, settings, variables } = remoteAccess(remote);
  const leases = moves.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
  const specs = moves.map(({ ref, to }) => `${to ?? ''}:${ref}`);
  const args = ['push', '--porcelain', '--atomic', '--no-verify', ...leases, url, ...specs];
  const { exitCode, stdout } = await git.run(args, { settings, variables, allowed: [0, 1] });
  if (exitCode === 0) return { status: 'pushed' };
  const lines = stdout.toString('utf8').split('\n');
  return {
    status: 'rejected',
    reason: lines
      .filter((line) => line.startsWith('!'))
      .join('; ')
      .slice(0, reasonKept),
  };
}
