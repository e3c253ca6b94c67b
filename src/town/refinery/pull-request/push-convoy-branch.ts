import { convoyFold } from '../../../domain/convoy/evolve.ts';
import type { StreamId } from '../../../domain/event.ts';
import { ensureEffect } from '../../mirror/ensure-effect.ts';
import type { GitStore } from '../../ports/git-store.ts';
import type { Hub } from '../../ports/hub.ts';
import type { Town } from '../../town.ts';

/** The convoy's branch on GitHub stands elsewhere than the town left it: someone else has pushed to it. */
export class BranchMoved extends Error {
  override readonly name = 'BranchMoved';
  readonly branch: string;
  readonly actual: string | null;
  constructor(branch: string, actual: string | null) {
    super(`${branch} was moved by someone else (it is at ${actual ?? 'nothing'}).`);
    this.branch = branch;
    this.actual = actual;
  }
}

/** GitHub took no push although its branch stood where the town left it: a rule of the repository forbids it. */
export class PushRefused extends Error {
  override readonly name = 'PushRefused';
  readonly branch: string;
  readonly reason: string;
  constructor(branch: string, reason: string) {
    super(`GitHub refuses the push to ${branch}: ${reason}`);
    this.branch = branch;
    this.reason = reason;
  }
}

/** Whether what stands on GitHub is a part of what is pushed, so that nothing of it is lost. */
const isTakenIn = async (store: GitStore, actual: string, commit: string): Promise<boolean> =>
  (await store.resolve(`${actual}^{commit}`)) !== null && store.isAncestor(actual, commit);

/** Pushes the verified head, and nothing else, to `gas-town/convoy-<n>`; a person's push to it is never overwritten. */
export async function pushConvoyBranch(town: Town, stream: StreamId, hub: Hub): Promise<void> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (state === null) return;
  const store = await town.git.open(state.opened.repository.id);
  const branch = `gas-town/convoy-${state.opened.issue}`;
  const commit = state.head;
  const before = state.effects.findLast((one) => one.kind === 'push-branch' && one.status === 'confirmed');
  await ensureEffect(town, stream, {
    kind: 'push-branch',
    subject: `${branch} ${commit}`,
    detail: { branch, commit },
    perform: async () => {
      const expected = before ? (before.subject.split(' ')[1] ?? null) : null;
      const ref = `refs/heads/${branch}`;
      const pushed = await store.push(await hub.gitRemote(), { commit, ref, expected });
      if (pushed.status !== 'rejected' || pushed.actual === commit) return { commit };
      const { actual } = pushed;
      if (actual === expected) throw new PushRefused(branch, pushed.reason);
      if (actual === null || !(await isTakenIn(store, actual, commit))) throw new BranchMoved(branch, actual);
      const again = await store.push(await hub.gitRemote(), { commit, ref, expected: actual });
      if (again.status === 'rejected') throw new BranchMoved(branch, again.actual);
      return { commit };
    },
    // A push of the same commit changes nothing, so it is simply done again.
    find: async () => null,
  });
}
