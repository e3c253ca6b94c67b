import type { UserRow } from './rows.ts';
import type { Store } from './store.ts';

/** The user with this id; throws where there is none, since ids come from our own rows. */
export function findUserById(store: Store, id: number): UserRow {
  const user = store.one<UserRow>('SELECT * FROM users WHERE id = ?', id);
  if (user === undefined) throw new Error(`no user has id ${id}`);
  return user;
}

export function findUser(store: Store, login: string): UserRow | undefined {
  return store.one<UserRow>('SELECT * FROM users WHERE login = ?', login);
}

/** Creates the user where the login is free, and returns it either way. */
export function ensureUser(store: Store, login: string, type: UserRow['type'], at: string): UserRow {
  store.run(
    'INSERT INTO users (login, type, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    login,
    type,
    at,
  );
  const user = findUser(store, login);
  if (user === undefined) throw new Error(`user ${login} was not stored`);
  return user;
}
