import type { ForgeContext } from '../../context.ts';
import { bareRepositoryPath } from '../../context.ts';
import { isMergeable } from '../../git/merge.ts';
import { branchHead } from '../../git/refs.ts';
import type { Mergeability } from '../../render/pull.ts';
import { findPull } from '../../store/issues.ts';
import { findRepositoryById } from '../../store/repositories.ts';
import type { IssueRow } from '../../store/rows.ts';
import { unmetProtection } from '../branches/check-merge-protection.ts';

/** Whether an open pull request merges into its base branch of now, computed by git. */
export async function mergeability(context: ForgeContext, issue: IssueRow): Promise<Mergeability> {
  const pull = findPull(context.store, issue.id);
  if (issue.state === 'closed') return { mergeable: null, state: 'unknown' };
  const path = bareRepositoryPath(context, issue.repository_id);
  const base = (await branchHead(path, pull.base_ref)) ?? pull.base_sha;
  if (!(await isMergeable(path, base, pull.head_sha))) return { mergeable: false, state: 'dirty' };
  if (pull.draft === 1) return { mergeable: true, state: 'draft' };
  const repository = findRepositoryById(context.store, issue.repository_id);
  const unmet = unmetProtection(context, repository, issue, pull);
  return { mergeable: true, state: unmet === undefined ? 'clean' : 'blocked' };
}
