import type { ForgeContext } from '../../context.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { findIssueById } from '../../store/issues.ts';
import { findRepositoryById } from '../../store/repositories.ts';
import type { IssueRow, RepositoryRow } from '../../store/rows.ts';

/** GitHub's limits: children of one issue, and levels of one tree. */
const mostChildren = 100;
const deepest = 8;

/**
 * The issue that may become `parent`'s child.
 * @throws ApiError 404 for an unknown id, 422 for a second parent, itself, a cycle, another owner, or over the limits.
 */
export function checkSubIssue(
  context: ForgeContext,
  repository: RepositoryRow,
  parent: IssueRow,
  childId: number,
  replaceParent: boolean,
): IssueRow {
  const { store } = context;
  const child = findIssueById(store, childId);
  if (child === undefined || child.is_pull === 1) throw notFound();
  if (findRepositoryById(store, child.repository_id).owner_id !== repository.owner_id) throw notFound();
  if (child.id === parent.id || ancestors(context, parent).includes(child.id)) {
    throw refused('Sub issue may not create a cycle');
  }
  if (child.parent_id === parent.id) {
    throw refused('Issue may not contain duplicate sub-issues and Sub issue may only have one parent');
  }
  if (child.parent_id !== null && !replaceParent) throw refused('Sub issue may only have one parent');
  const children = store.count('SELECT count(*) FROM issues WHERE parent_id = ?', parent.id);
  if (children >= mostChildren) {
    throw refused(`Parent cannot have more than ${mostChildren} sub-issues`);
  }
  if (ancestors(context, parent).length + 1 + height(context, child) > deepest) {
    throw refused(`Sub-issues cannot be nested deeper than ${deepest} levels`);
  }
  return child;
}

function refused(message: string): ApiError {
  return new ApiError(422, `An error occurred while adding the sub-issue to the parent issue. ${message}`);
}

/** Ids above an issue, nearest first. */
function ancestors(context: ForgeContext, issue: IssueRow): number[] {
  const ids: number[] = [];
  for (let next = issue.parent_id; next !== null; ) {
    ids.push(next);
    next = findIssueById(context.store, next)?.parent_id ?? null;
  }
  return ids;
}

/** Levels of the tree below and with an issue. */
function height(context: ForgeContext, issue: IssueRow): number {
  const children = context.store.all<IssueRow>('SELECT * FROM issues WHERE parent_id = ?', issue.id);
  return 1 + Math.max(0, ...children.map((child) => height(context, child)));
}
