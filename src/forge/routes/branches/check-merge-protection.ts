import type { WritingActor } from '../../auth/actor.ts';
import { atLeast, levelOf } from '../../auth/levels.ts';
import type { ForgeContext } from '../../context.ts';
import { ApiError } from '../../server/api-error.ts';
import { findProtection } from '../../store/protections.ts';
import type { IssueRow, PullRow, RepositoryRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';

/** Lets a merge through the base branch's protection. @throws ApiError 405 */
export function checkMergeProtection(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  pull: PullRow,
  actor: WritingActor,
): void {
  const rules = findProtection(context.store, repository.id, pull.base_ref);
  const admin = actor.kind === 'user' && actor.user.id === repository.owner_id;
  if (rules === undefined || (admin && !rules.enforceAdmins)) return;
  const unmet = unmetProtection(context, repository, issue, pull);
  if (unmet !== undefined) throw new ApiError(405, unmet);
}

/** What the base branch's protection still asks for, in GitHub's words; nobody is excepted. */
export function unmetProtection(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  pull: PullRow,
): string | undefined {
  const rules = findProtection(context.store, repository.id, pull.base_ref);
  if (rules === undefined) return undefined;
  if (rules.reviewsRequired || rules.approvals > 0) {
    const verdicts = latestVerdicts(context, repository, issue);
    if (verdicts.includes('CHANGES_REQUESTED')) return 'Changes have been requested.';
    if (verdicts.filter((state) => state === 'APPROVED').length < rules.approvals)
      return `At least ${rules.approvals} approving review is required by reviewers with write access.`;
  }
  const missing = rules.contexts.find((name) => !succeeded(context, repository, pull.head_sha, name));
  return missing === undefined ? undefined : `Required status check "${missing}" is expected.`;
}

/** The last approving, refusing or dismissed review of each reviewer who may write. */
function latestVerdicts(context: ForgeContext, repository: RepositoryRow, issue: IssueRow): string[] {
  const rows = context.store.all<{ user_id: number; state: string }>(
    `SELECT user_id, state FROM reviews WHERE issue_id = ? AND state IN ('APPROVED', 'CHANGES_REQUESTED', 'DISMISSED') ORDER BY id`,
    issue.id,
  );
  const latest = [...new Map(rows.map((row) => [row.user_id, row.state]))];
  const counts = (id: number) => {
    const user = findUserById(context.store, id);
    return user.type === 'Bot' || atLeast(levelOf(context.store, repository, user), 'write');
  };
  return latest.filter(([id]) => counts(id)).map(([, state]) => state);
}

function succeeded(context: ForgeContext, repository: RepositoryRow, sha: string, name: string): boolean {
  const run = context.store.one<{ conclusion: string | null }>(
    `SELECT conclusion FROM check_runs JOIN check_suites s ON s.id = suite_id
     WHERE s.repository_id = ? AND s.head_sha = ? AND name = ? ORDER BY check_runs.id DESC LIMIT 1`,
    repository.id,
    sha,
    name,
  );
  if (run !== undefined) return ['success', 'neutral', 'skipped'].includes(run.conclusion ?? '');
  const status = context.store.one<{ state: string }>(
    'SELECT state FROM statuses WHERE repository_id = ? AND sha = ? AND context = ? ORDER BY id DESC LIMIT 1',
    repository.id,
    sha,
    name,
  );
  return status?.state === 'success';
}
