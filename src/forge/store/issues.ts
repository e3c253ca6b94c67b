import type { IssueRow, PullRow, UserRow } from './rows.ts';
import type { Store } from './store.ts';

export function findIssue(store: Store, repositoryId: number, number: number): IssueRow | undefined {
  return store.one<IssueRow>(
    'SELECT * FROM issues WHERE repository_id = ? AND number = ?',
    repositoryId,
    number,
  );
}

/** The issue with this database id, which is not its number. */
export function findIssueById(store: Store, id: number): IssueRow | undefined {
  return store.one<IssueRow>('SELECT * FROM issues WHERE id = ?', id);
}

export function findPull(store: Store, issueId: number): PullRow {
  const pull = store.one<PullRow>('SELECT * FROM pulls WHERE issue_id = ?', issueId);
  if (pull === undefined) throw new Error(`issue ${issueId} has no pull request row`);
  return pull;
}

export function listAssignees(store: Store, issueId: number): UserRow[] {
  return store.all<UserRow>(
    'SELECT users.* FROM assignees JOIN users ON users.id = user_id WHERE issue_id = ? ORDER BY users.id',
    issueId,
  );
}

/** Notes that something about the issue changed at `at`. */
export function touchIssue(store: Store, issueId: number, at: string): void {
  store.run('UPDATE issues SET updated_at = ? WHERE id = ?', at, issueId);
}
