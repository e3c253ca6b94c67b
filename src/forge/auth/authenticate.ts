import type { AppIdentity, ForgeContext } from '../context.ts';
import type { AppPermissions } from '../forge.ts';
import { ApiError, badCredentials } from '../server/api-error.ts';
import { findRepositoryById } from '../store/repositories.ts';
import type { InstallationRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { findUserById } from '../store/users.ts';
import type { Actor } from './actor.ts';
import { checkAppJwt } from './app-jwt.ts';
import { isJwt, readSecret } from './caller-kind.ts';

interface TokenRow {
  readonly user_id: number;
  readonly installation_id: number | null;
  readonly permissions: string | null;
  readonly repository_ids: string | null;
  readonly expires_at: string | null;
  readonly revoked: number;
}

/**
 * Reads an `Authorization` header of the REST API: `Bearer` or `token` with a token or an App JWT, or `Basic` with the token as password.
 * @throws ApiError 401 for anything that is given and does not hold.
 */
export function authenticate(context: ForgeContext, header: string | undefined): Actor {
  if (header === undefined || header === '') return { kind: 'anonymous' };
  const secret = readSecret(header);
  if (secret === undefined) throw badCredentials();
  if (isJwt(secret)) {
    checkAppJwt(context.identity, secret, context.clock());
    return { kind: 'app' };
  }
  return actorOfToken(context, secret);
}

/** Who holds `token`. @throws ApiError 401 for an unknown, expired or revoked one, 403 where the installation is suspended. */
function actorOfToken(context: Pick<ForgeContext, 'store' | 'clock' | 'identity'>, token: string): Actor {
  const row = context.store.one<TokenRow>('SELECT * FROM tokens WHERE token = ?', token);
  if (row === undefined || row.revoked === 1) throw badCredentials();
  if (row.expires_at !== null && Date.parse(row.expires_at) <= context.clock().getTime())
    throw badCredentials();
  if (row.permissions !== null && row.installation_id === null)
    return jobActor(context.store, row, row.permissions);
  if (row.installation_id === null) return { kind: 'user', user: findUserById(context.store, row.user_id) };
  return installationActor(context.store, context.identity, row, row.installation_id);
}

function installationActor(store: Store, identity: AppIdentity, row: TokenRow, id: number): Actor {
  const installation = store.one<InstallationRow>('SELECT * FROM installations WHERE id = ?', id);
  if (installation === undefined) throw badCredentials();
  if (installation.suspended_at !== null) {
    throw new ApiError(403, 'This installation has been suspended');
  }
  return {
    kind: 'installation',
    user: findUserById(store, identity.botUserId),
    installation,
    job: false,
    permissions: JSON.parse(row.permissions ?? '{}') as AppPermissions,
    repositoryIds: row.repository_ids === null ? null : (JSON.parse(row.repository_ids) as number[]),
  };
}

/** The built-in Actions App counts its limits for each repository, so that stands for its installation. */
function jobActor(store: Store, row: TokenRow, permissions: string): Actor {
  const [repositoryId = 0] = JSON.parse(row.repository_ids ?? '[]') as number[];
  const { owner_id } = findRepositoryById(store, repositoryId);
  return {
    kind: 'installation',
    user: findUserById(store, row.user_id),
    installation: { id: repositoryId, account_id: owner_id },
    job: true,
    permissions: JSON.parse(permissions) as AppPermissions,
    repositoryIds: [repositoryId],
  };
}
