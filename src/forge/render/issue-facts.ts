import type { Store } from '../store/store.ts';

/** What an issue has at all, as 0 or 1. An issue that has none of it costs one cheap query. */
export interface IssueFacts {
  readonly labels: number;
  readonly assignees: number;
  readonly reactions: number;
  readonly children: number;
  readonly blockers: number;
  readonly blocked: number;
}

// One table a subquery: SQLite prepares a join anew for each set of bound values here, at ten times the cost.
const sql = `SELECT
  EXISTS (SELECT 1 FROM issue_labels WHERE issue_id = ?) AS labels,
  EXISTS (SELECT 1 FROM assignees WHERE issue_id = ?) AS assignees,
  EXISTS (SELECT 1 FROM reactions WHERE subject = 'issue' AND subject_id = ?) AS reactions,
  EXISTS (SELECT 1 FROM issues WHERE parent_id = ?) AS children,
  EXISTS (SELECT 1 FROM dependencies WHERE issue_id = ?) AS blockers,
  EXISTS (SELECT 1 FROM dependencies WHERE blocked_by_id = ?) AS blocked`;

export function issueFacts(store: Store, id: number): IssueFacts {
  const facts = store.one<IssueFacts>(sql, id, id, id, id, id, id);
  if (facts === undefined) throw new Error('a query without a table found no row');
  return facts;
}

export interface Tally {
  readonly total: number;
  /** Of those, the open ones. */
  readonly open: number;
}

const counted = "count(*) AS total, coalesce(sum(state = 'open'), 0) AS open FROM";
const tallies = {
  children: `SELECT ${counted} issues WHERE parent_id = ?`,
  blockers: `SELECT ${counted} dependencies JOIN issues ON issues.id = blocked_by_id WHERE issue_id = ?`,
  blocked: `SELECT ${counted} dependencies JOIN issues ON issues.id = issue_id WHERE blocked_by_id = ?`,
} as const;

/** Counts an issue's sub-issues, or the issues on one side of its dependencies. */
export function tally(store: Store, facts: IssueFacts, what: keyof typeof tallies, id: number): Tally {
  const none = { total: 0, open: 0 };
  return facts[what] === 0 ? none : (store.one<Tally>(tallies[what], id) ?? none);
}
