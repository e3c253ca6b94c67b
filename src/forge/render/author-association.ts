import type { RepositoryRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** How a user stands to a repository. The forge has no organisations and counts no past contributions. */
export function authorAssociation(
  store: Store,
  repository: RepositoryRow,
  userId: number,
): 'OWNER' | 'COLLABORATOR' | 'NONE' {
  if (repository.owner_id === userId) return 'OWNER';
  const level = store.one<{ level: string }>(
    'SELECT level FROM collaborators WHERE repository_id = ? AND user_id = ?',
    repository.id,
    userId,
  );
  return level === undefined || level.level === 'none' ? 'NONE' : 'COLLABORATOR';
}
