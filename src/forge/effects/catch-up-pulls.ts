import { bareRepositoryPath, type ForgeContext } from '../context.ts';
import { branchHead, nullSha } from '../git/refs.ts';
import { findRepositoryById } from '../store/repositories.ts';
import { findUserById } from '../store/users.ts';
import { followPulls } from './follow-pulls.ts';

interface OpenPull {
  readonly repository_id: number;
  readonly head_ref: string;
  readonly head_sha: string;
  readonly base_ref: string;
  readonly base_sha: string;
}

/**
 * Brings open pull requests up to what git says. A process that was killed after a ref moved and before that was
 * written down leaves them behind; the owner then counts as who moved it.
 */
export async function catchUpPulls(context: ForgeContext): Promise<void> {
  const pulls = context.store.all<OpenPull>(
    "SELECT repository_id, head_ref, head_sha, base_ref, base_sha FROM pulls JOIN issues ON issues.id = issue_id WHERE state = 'open'",
  );
  for (const pull of pulls) {
    const repository = findRepositoryById(context.store, pull.repository_id);
    const path = bareRepositoryPath(context, repository.id);
    const owner = findUserById(context.store, repository.owner_id);
    const ends = [
      { branch: pull.base_ref, before: pull.base_sha },
      { branch: pull.head_ref, before: pull.head_sha },
    ];
    for (const { branch, before } of ends) {
      const after = (await branchHead(path, branch)) ?? nullSha;
      const ref = `refs/heads/${branch}`;
      if (after !== before) await followPulls(context, repository, branch, { ref, before, after }, owner);
    }
  }
}
