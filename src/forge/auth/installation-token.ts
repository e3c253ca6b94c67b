import { type ForgeContext, timestamp } from '../context.ts';
import type { AppPermissions } from '../forge.ts';
import type { InstallationRow } from '../store/rows.ts';
import { randomToken } from './random-token.ts';

/** How long an installation token lives, in milliseconds. */
const lifetime = 60 * 60 * 1000;

/** Makes a token of the App's installation, narrowed to those repositories where some are named. */
export function makeInstallationToken(
  context: Pick<ForgeContext, 'store' | 'clock' | 'identity'>,
  installation: InstallationRow,
  permissions: AppPermissions,
  repositoryIds: readonly number[] | undefined,
): { readonly token: string; readonly expires: string } {
  const expires = timestamp(new Date(context.clock().getTime() + lifetime));
  const token = randomToken('ghs_');
  context.store.run(
    'INSERT INTO tokens (token, user_id, installation_id, permissions, repository_ids, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
    token,
    context.identity.botUserId,
    installation.id,
    JSON.stringify(permissions),
    repositoryIds === undefined ? null : JSON.stringify(repositoryIds),
    expires,
  );
  return { token, expires };
}
