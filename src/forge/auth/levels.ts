import type { CollaboratorLevel } from '../forge.ts';
import type { RepositoryRow, UserRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

const order: readonly CollaboratorLevel[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

export function isLevel(value: string): value is CollaboratorLevel {
  return order.some((level) => level === value);
}

export function atLeast(level: CollaboratorLevel, needed: CollaboratorLevel): boolean {
  return order.indexOf(level) >= order.indexOf(needed);
}

/** What a user may do in a repository; anybody may read a public one. */
export function levelOf(store: Store, repository: RepositoryRow, user: UserRow): CollaboratorLevel {
  if (repository.owner_id === user.id) return 'admin';
  const given = store.one<{ level: CollaboratorLevel }>(
    'SELECT level FROM collaborators WHERE repository_id = ? AND user_id = ?',
    repository.id,
    user.id,
  );
  const level = given?.level ?? 'none';
  return level === 'none' && repository.private === 0 ? 'read' : level;
}

/** GitHub's five flags for a level. */
export function levelFlags(level: CollaboratorLevel): Record<string, boolean> {
  return {
    admin: atLeast(level, 'admin'),
    maintain: atLeast(level, 'maintain'),
    push: atLeast(level, 'write'),
    triage: atLeast(level, 'triage'),
    pull: atLeast(level, 'read'),
  };
}

/** The older four-valued name of a level: maintain counts as write, triage as read. */
export function legacyPermission(level: CollaboratorLevel): 'admin' | 'write' | 'read' | 'none' {
  if (level === 'maintain') return 'write';
  if (level === 'triage') return 'read';
  return level;
}
