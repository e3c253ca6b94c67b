import { join } from 'node:path';
import { createGitStores } from '../../adapters/git/create-git-stores.ts';
import type { GitStore } from '../../town/ports/git-store.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { type UserRepository, userRepository } from './user-repository.ts';

/** A person's repository and the town's bare one beside it, both real; gone when the running test is over. */
export interface RigUnderTest {
  readonly folder: string;
  readonly user: UserRepository;
  readonly store: GitStore;
  /** Brings every branch of the person's repository into the store, as `refs/heads/…`. */
  import(): Promise<void>;
}

export const testTime = Date.parse('2026-02-03T04:05:06Z');

export async function rigUnderTest(): Promise<RigUnderTest> {
  const folder = await temporaryFolder();
  const user = await userRepository(join(folder, 'user'));
  const stores = createGitStores({ folder: join(folder, 'rigs'), now: () => testTime });
  const store = await stores.open(1);
  return {
    folder,
    user,
    store,
    import: () => store.fetch({ url: user.path, token: null }, ['+refs/heads/*:refs/heads/*']),
  };
}
