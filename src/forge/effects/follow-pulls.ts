import { bareRepositoryPath, type ForgeContext, now } from '../context.ts';
import type { PushCommand } from '../git/push-commands.ts';
import { isAncestor, nullSha } from '../git/refs.ts';
import { git } from '../git/run-git.ts';
import { findIssueById, touchIssue } from '../store/issues.ts';
import type { IssueRow, PullRow, RepositoryRow, UserRow } from '../store/rows.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';
import { changeIssueState } from './change-issue-state.ts';
import { closeByKeywords } from './close-by-keywords.ts';
import { measurePull } from './measure-pull.ts';

/** Open pull requests follow the branch that moved: as their head, or as the base that took their commits in. */
export async function followPulls(
  context: ForgeContext,
  repository: RepositoryRow,
  branch: string,
  update: PushCommand,
  sender: UserRow,
): Promise<void> {
  for (const pull of openPulls(context, repository, 'head_ref', branch)) {
    if (update.after === nullSha) closeHeadless(context, repository, pull, sender);
    else await synchronize(context, repository, pull, update, sender);
  }
  for (const pull of openPulls(context, repository, 'base_ref', branch)) {
    if (update.after === nullSha) closeHeadless(context, repository, pull, sender);
    else await markMerged(context, repository, pull, update.after, sender);
  }
}

function openPulls(
  context: ForgeContext,
  repository: RepositoryRow,
  column: 'head_ref' | 'base_ref',
  branch: string,
): PullRow[] {
  return context.store.all<PullRow>(
    `SELECT pulls.* FROM pulls JOIN issues ON issues.id = issue_id
     WHERE repository_id = ? AND state = 'open' AND ${column} = ? ORDER BY number`,
    repository.id,
    branch,
  );
}

function issueOf(context: ForgeContext, pull: PullRow): IssueRow {
  const issue = findIssueById(context.store, pull.issue_id);
  if (issue === undefined) throw new Error(`pull request ${pull.issue_id} has no issue row`);
  return issue;
}

function closeHeadless(
  context: ForgeContext,
  repository: RepositoryRow,
  pull: PullRow,
  sender: UserRow,
): void {
  changeIssueState(context, repository, issueOf(context, pull), { state: 'closed', reason: null }, sender);
}

async function synchronize(
  context: ForgeContext,
  repository: RepositoryRow,
  pull: PullRow,
  update: PushCommand,
  sender: UserRow,
): Promise<void> {
  const issue = issueOf(context, pull);
  if (pull.head_sha === update.after) return;
  const path = bareRepositoryPath(context, repository.id);
  context.store.run('UPDATE pulls SET head_sha = ? WHERE issue_id = ?', update.after, issue.id);
  await measurePull(context, path, { ...pull, head_sha: update.after });
  touchIssue(context.store, issue.id, now(context));
  await git(path, ['update-ref', `refs/pull/${issue.number}/head`, update.after]);
  emitIssue(context, repository, issue.id, 'synchronize', sender, {
    before: update.before,
    after: update.after,
  });
}

/** A push that brought a pull request's head into its base has merged it. */
async function markMerged(
  context: ForgeContext,
  repository: RepositoryRow,
  pull: PullRow,
  baseHead: string,
  sender: UserRow,
): Promise<void> {
  const path = bareRepositoryPath(context, repository.id);
  if (pull.head_sha === pull.base_sha || !(await isAncestor(path, pull.head_sha, baseHead))) return;
  recordMerge(context, repository, issueOf(context, pull), baseHead, sender);
}

/** Writes down that a pull request was merged as `sha`, closes it and what its text closes. */
export function recordMerge(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  sha: string,
  sender: UserRow,
): void {
  context.store.run(
    'UPDATE pulls SET merged_at = ?, merged_by = ?, merge_commit_sha = ? WHERE issue_id = ?',
    now(context),
    sender.id,
    sha,
    issue.id,
  );
  changeIssueState(context, repository, issue, { state: 'closed', reason: null }, sender);
  const pull = context.store.one<PullRow>('SELECT * FROM pulls WHERE issue_id = ?', issue.id);
  if (pull?.base_ref === repository.default_branch) {
    closeByKeywords(context, repository, `${issue.title}\n${issue.body ?? ''}`, sender);
  }
}
