import type { UserRow } from './rows.ts';
import type { Store } from './store.ts';

/** Users by id. A row never changes once it is written, so it is read once a store. */
const known = new WeakMap<Store, Map<number, UserRow>>();

/** The user with this id; throws where there is none, since ids come from our own rows. */
export function findUserById(store: Store, id: number): UserRow {
  const users = known.get(store) ?? new Map<number, UserRow>();
  known.set(store, users);
  const user = users.get(id) ?? store.one<UserRow>('SELECT * FROM users WHERE id = ?', id);
  if (user === undefined) throw new Error(`no user has id ${id}`);
  users.set(id, user);
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

/** Logins of all users that are no bots. */
export function listPeople(store: Store): string[] {
  const rows = store.all<{ login: string }>("SELECT login FROM users WHERE type = 'User' ORDER BY login");
  return rows.map((row) => row.login);
}
