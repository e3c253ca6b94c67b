import type { InstallationRow } from './rows.ts';
import type { Store } from './store.ts';

/** The App's installation on an account. */
export function findInstallation(store: Store, accountId: number): InstallationRow | undefined {
  return store.one<InstallationRow>('SELECT * FROM installations WHERE account_id = ?', accountId);
}

export function findInstallationById(store: Store, id: number): InstallationRow | undefined {
  return store.one<InstallationRow>('SELECT * FROM installations WHERE id = ?', id);
}
