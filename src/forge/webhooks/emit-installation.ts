import type { ForgeContext } from '../context.ts';
import { renderInstallation } from '../render/app.ts';
import { renderUser } from '../render/user.ts';
import { type Json, nodeId } from '../render/view.ts';
import { findInstallationById } from '../store/installations.ts';
import type { RepositoryRow, UserRow } from '../store/rows.ts';
import { findUserById } from '../store/users.ts';
import { emitToApp } from './emit.ts';

/** Queues `installation.ACTION` with the repositories it covers. */
export function emitInstallation(
  context: ForgeContext,
  installationId: number,
  action: 'created' | 'deleted' | 'suspend' | 'unsuspend',
  sender: UserRow,
): void {
  const { store, view } = context;
  const installation = findInstallationById(store, installationId);
  if (installation === undefined || installation.account_id === null)
    throw new Error('an installation without an account');
  const { login } = findUserById(store, installation.account_id);
  const repositories = store.all<RepositoryRow>(
    'SELECT * FROM repositories WHERE owner_id = ? ORDER BY id',
    installation.account_id,
  );
  emitToApp(context, 'installation', installation.id, {
    action,
    installation: renderInstallation(view, installation),
    repositories: repositories.map((repository) => brief(login, repository)),
    ...(action === 'created' ? { requester: null } : {}),
    sender: renderUser(view, sender),
  });
}

function brief(owner: string, repository: RepositoryRow): Json {
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: `${owner}/${repository.name}`,
    private: repository.private === 1,
  };
}
