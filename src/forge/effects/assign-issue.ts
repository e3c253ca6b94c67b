import { atLeast, levelOf } from '../auth/levels.ts';
import { type ForgeContext, now } from '../context.ts';
import { renderUser } from '../render/user.ts';
import { listAssignees, touchIssue } from '../store/issues.ts';
import type { IssueRow, RepositoryRow, UserRow } from '../store/rows.ts';
import { findUser } from '../store/users.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';

/** Most assignees of one issue, as on GitHub. */
const most = 10;

/** Users who may be assigned: those with push access. Others are left out in silence, as GitHub does. */
function assignable(context: ForgeContext, repository: RepositoryRow, logins: readonly string[]): UserRow[] {
  return logins
    .map((login) => findUser(context.store, login))
    .filter((user) => user !== undefined)
    .filter((user) => atLeast(levelOf(context.store, repository, user), 'write'));
}

/** Assigns users and says `assigned` for each that was not. */
export function assignIssue(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  logins: readonly string[],
  sender: UserRow,
): void {
  if (logins.length === 0) return;
  const before = new Set(listAssignees(context.store, issue.id).map((user) => user.id));
  const fresh = assignable(context, repository, logins).filter((user) => !before.has(user.id));
  for (const user of fresh.slice(0, Math.max(0, most - before.size))) {
    context.store.run(
      'INSERT INTO assignees (issue_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
      issue.id,
      user.id,
    );
    touchIssue(context.store, issue.id, now(context));
    const assignee = renderUser(context.view, user);
    emitIssue(context, repository, issue.id, 'assigned', sender, { assignee });
  }
}

/** Takes users off an issue and says `unassigned` for each that was on it. */
export function unassignIssue(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  logins: readonly string[],
  sender: UserRow,
): void {
  const wanted = new Set(logins.map((login) => login.toLowerCase()));
  for (const user of listAssignees(context.store, issue.id)) {
    if (!wanted.has(user.login.toLowerCase())) continue;
    context.store.run('DELETE FROM assignees WHERE issue_id = ? AND user_id = ?', issue.id, user.id);
    touchIssue(context.store, issue.id, now(context));
    const assignee = renderUser(context.view, user);
    emitIssue(context, repository, issue.id, 'unassigned', sender, { assignee });
  }
}
