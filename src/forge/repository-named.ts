import type { ForgeContext } from './context.ts';
import { InvalidNameError } from './create-repository.ts';
import { findRepository } from './store/repositories.ts';
import type { RepositoryRow } from './store/rows.ts';

/** The repository that the program calls `owner/name`. @throws InvalidNameError where there is none */
export function repositoryNamed(context: ForgeContext, fullName: string): RepositoryRow {
  const [owner = '', name = ''] = fullName.split('/');
  const repository = findRepository(context.store, owner, name);
  if (repository === undefined) throw new InvalidNameError('a repository here', fullName);
  return repository;
}
