import { type ForgeContext, now } from '../context.ts';
import { removeAutoMerge } from '../store/auto-merges.ts';
import type { IssueRow, RepositoryRow, UserRow } from '../store/rows.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';

export interface StateChange {
  readonly state: 'open' | 'closed';
  readonly reason: string | null;
}

/** Closes or reopens an issue (or a pull request's issue half) and says so. */
export function changeIssueState(
  context: ForgeContext,
  repository: RepositoryRow,
  issue: IssueRow,
  change: StateChange,
  sender: UserRow,
): void {
  const at = now(context);
  const closing = change.state === 'closed';
  context.store.run(
    'UPDATE issues SET state = ?, state_reason = ?, closed_at = ?, closed_by = ?, updated_at = ? WHERE id = ?',
    change.state,
    issue.is_pull === 1 ? null : change.reason,
    closing ? at : null,
    closing ? sender.id : null,
    at,
    issue.id,
  );
  if (closing) removeAutoMerge(context.store, issue.id);
  if (issue.state !== change.state) {
    emitIssue(context, repository, issue.id, closing ? 'closed' : 'reopened', sender);
  }
}
