import type { PushOutcome, RefMove } from '../../../ledger/ports/ref-store.ts';
import type { Remote } from '../../../town/ports/git-store.ts';
import { PushUnanswered } from '../git-errors.ts';
import type { Git } from '../git-process.ts';
import { type PushPatience, runPush } from '../run-push.ts';

const reasonKept = 1000;

/** Moves all refs or none. Rejects with `GitFailed` or `PushUnanswered` where the outcome is open. */
export async function pushRefs(
  git: Git,
  remote: () => Promise<Remote>,
  moves: readonly RefMove[],
  patience: PushPatience,
): Promise<PushOutcome> {
  const leases = moves.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
  const specs = moves.map(({ ref, to }) => `${to ?? ''}:${ref}`);
  const args = { options: ['--atomic', ...leases], specs };
  const { status, lines } = await runPush(git, remote, args, patience);
  if (status === 'taken') return { status: 'pushed' };
  if (status === 'open') throw new PushUnanswered();
  const refused = lines.filter((line) => line.startsWith('!'));
  return { status: 'rejected', reason: refused.join('; ').slice(0, reasonKept) };
}
