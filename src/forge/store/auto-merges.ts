import type { Store } from './store.ts';

/** A pull request that merges by itself once its base branch's rules allow it. */
export interface AutoMergeRow {
  readonly issue_id: number;
  /** Who asked for it, and in whose name it is merged. */
  readonly user_id: number;
  readonly method: 'merge' | 'squash' | 'rebase';
  /** Empty: GitHub's own. */
  readonly title: string;
  readonly message: string;
  readonly enabled_at: string;
}

export const findAutoMerge = (store: Store, issueId: number): AutoMergeRow | undefined =>
  store.one<AutoMergeRow>('SELECT * FROM auto_merges WHERE issue_id = ?', issueId);

/** All that wait, the oldest first. */
export const listAutoMerges = (store: Store): readonly AutoMergeRow[] =>
  store.all<AutoMergeRow>('SELECT * FROM auto_merges ORDER BY enabled_at, issue_id');

export function saveAutoMerge(store: Store, row: AutoMergeRow): void {
  store.run(
    'INSERT OR REPLACE INTO auto_merges (issue_id, user_id, method, title, message, enabled_at) VALUES (?, ?, ?, ?, ?, ?)',
    row.issue_id,
    row.user_id,
    row.method,
    row.title,
    row.message,
    row.enabled_at,
  );
}

/** False where there was none. */
export const removeAutoMerge = (store: Store, issueId: number): boolean =>
  store.run('DELETE FROM auto_merges WHERE issue_id = ?', issueId).changes === 1;
