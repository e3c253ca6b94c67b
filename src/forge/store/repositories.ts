import type { RepositoryRow } from './rows.ts';
import type { Store } from './store.ts';
import { findUser } from './users.ts';

export function findRepository(store: Store, owner: string, name: string): RepositoryRow | undefined {
  const user = findUser(store, owner);
  if (user === undefined) return undefined;
  return store.one<RepositoryRow>(
    'SELECT * FROM repositories WHERE owner_id = ? AND name = ?',
    user.id,
    name,
  );
}

/** The repository with this id; throws where there is none, since ids come from our own rows. */
export function findRepositoryById(store: Store, id: number): RepositoryRow {
  const repository = store.one<RepositoryRow>('SELECT * FROM repositories WHERE id = ?', id);
  if (repository === undefined) throw new Error(`no repository has id ${id}`);
  return repository;
}

export function findRepositoryWithId(store: Store, id: number): RepositoryRow | undefined {
  return store.one<RepositoryRow>('SELECT * FROM repositories WHERE id = ?', id);
}

/** The repository that used to have this name. */
export function findRedirect(store: Store, owner: string, name: string): RepositoryRow | undefined {
  return store.one<RepositoryRow>(
    `SELECT r.* FROM repository_redirects d JOIN repositories r ON r.id = d.repository_id
     WHERE d.owner = ? AND d.name = ?`,
    owner,
    name,
  );
}

/** Takes the repository's next issue or pull request number. */
export function takeNumber(store: Store, repositoryId: number): number {
  const row = store.one<{ last_number: number }>(
    'UPDATE repositories SET last_number = last_number + 1 WHERE id = ? RETURNING last_number',
    repositoryId,
  );
  if (row === undefined) throw new Error(`no repository has id ${repositoryId}`);
  return row.last_number;
}

/** Gives a repository another owner or name; the old name leads to it until it is taken again. */
export function renameRepository(
  store: Store,
  repository: RepositoryRow,
  oldOwner: string,
  newOwnerId: number,
  name: string,
): void {
  store.transaction(() => {
    store.run(
      'INSERT INTO repository_redirects (owner, name, repository_id) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET repository_id = excluded.repository_id',
      oldOwner,
      repository.name,
      repository.id,
    );
    store.run('UPDATE repositories SET owner_id = ?, name = ? WHERE id = ?', newOwnerId, name, repository.id);
  });
}
