import { type ForgeContext, timestamp } from '../context.ts';
import type { AppPermissions } from '../forge.ts';
import type { UserRow } from '../store/rows.ts';
import { ensureUser } from '../store/users.ts';
import { randomToken } from './random-token.ts';

/** The id of the built-in Actions App, the same on every GitHub. */
export const actionsAppId = 15368;
export const actionsBotLogin = 'github-actions[bot]';

/** The most that a job's token may be granted, and what it has where nothing is said. A job can't be let near workflow files. */
export const jobPermissions: AppPermissions = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
};

/** How long a job's token lives at most, in milliseconds, as on GitHub. */
const lifetime = 24 * 60 * 60 * 1000;

function actionsBot(context: Pick<ForgeContext, 'store' | 'clock'>): UserRow {
  return ensureUser(context.store, actionsBotLogin, 'Bot', timestamp(context.clock()));
}

/** A token as a job of the repository gets it: of the built-in Actions App, narrowed to that repository. */
export function makeJobToken(
  context: Pick<ForgeContext, 'store' | 'clock'>,
  repositoryId: number,
  permissions: AppPermissions = jobPermissions,
): string {
  const token = randomToken('ghs_');
  context.store.run(
    'INSERT INTO tokens (token, user_id, permissions, repository_ids, expires_at) VALUES (?, ?, ?, ?, ?)',
    token,
    actionsBot(context).id,
    JSON.stringify({ metadata: 'read', ...permissions }),
    JSON.stringify([repositoryId]),
    timestamp(new Date(context.clock().getTime() + lifetime)),
  );
  return token;
}

export function revokeToken(context: Pick<ForgeContext, 'store'>, token: string): void {
  context.store.run('UPDATE tokens SET revoked = 1 WHERE token = ?', token);
}
