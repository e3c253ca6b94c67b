import { isLevel } from './auth/levels.ts';
import { randomToken } from './auth/random-token.ts';
import { type ForgeContext, now } from './context.ts';
import { InvalidNameError } from './create-repository.ts';
import type { CollaboratorLevel } from './forge.ts';
import { repositoryNamed } from './repository-named.ts';
import { ensureUser } from './store/users.ts';

/**
 * Makes a user with a token; one that exists keeps its token. A given permission replaces the one it had.
 * @throws InvalidNameError for a login that GitHub would not take or a repository that is not here.
 */
export function addUser(
  context: ForgeContext,
  input: {
    readonly login: string;
    readonly permission?: { readonly repository: string; readonly level: CollaboratorLevel };
  },
): { readonly login: string; readonly token: string } {
  const { store } = context;
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/.test(input.login)) throw new InvalidNameError('a user', input.login);
  const user = ensureUser(store, input.login, 'User', now(context));
  if (input.permission !== undefined) {
    const { repository: fullName, level } = input.permission;
    const repository = repositoryNamed(context, fullName);
    if (!isLevel(level)) throw new InvalidNameError('a permission', level);
    store.run(
      'INSERT INTO collaborators (repository_id, user_id, level) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET level = excluded.level',
      repository.id,
      user.id,
      level,
    );
  }
  const known = store.one<{ token: string }>(
    'SELECT token FROM tokens WHERE user_id = ? AND permissions IS NULL AND revoked = 0',
    user.id,
  );
  const token = known?.token ?? randomToken('ghp_');
  if (known === undefined) store.run('INSERT INTO tokens (token, user_id) VALUES (?, ?)', token, user.id);
  return { login: user.login, token };
}
