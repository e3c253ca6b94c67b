import type { Store } from './store.ts';

/** What a protected branch asks. */
export interface Protection {
  readonly approvals: number;
  readonly dismissStale: boolean;
  readonly reviewsRequired: boolean;
  readonly checksRequired: boolean;
  readonly strict: boolean;
  /** Names of checks or status contexts that must have succeeded. */
  readonly contexts: readonly string[];
  readonly enforceAdmins: boolean;
  readonly allowForcePushes: boolean;
  readonly allowDeletions: boolean;
}

export function findProtection(store: Store, repositoryId: number, branch: string): Protection | undefined {
  const row = store.one<{ rules: string }>(
    'SELECT rules FROM protections WHERE repository_id = ? AND branch = ?',
    repositoryId,
    branch,
  );
  return row === undefined ? undefined : (JSON.parse(row.rules) as Protection);
}

export function saveProtection(store: Store, repositoryId: number, branch: string, rules: Protection): void {
  store.run(
    'INSERT INTO protections (repository_id, branch, rules) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET rules = excluded.rules',
    repositoryId,
    branch,
    JSON.stringify(rules),
  );
}

/** True where there was one to remove. */
export function removeProtection(store: Store, repositoryId: number, branch: string): boolean {
  return (
    store.run('DELETE FROM protections WHERE repository_id = ? AND branch = ?', repositoryId, branch)
      .changes === 1
  );
}
