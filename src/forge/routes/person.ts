import type { Person } from '../git/commits.ts';
import type { UserRow } from '../store/rows.ts';

/** A user as git writes it, with the address by which the forge knows it again. */
export function personOf(user: UserRow, date: string): Person {
  return { name: user.login, email: `${user.id}+${user.login}@users.noreply.github.com`, date };
}
