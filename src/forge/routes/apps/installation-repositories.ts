import { levelFlags } from '../../auth/levels.ts';
import { renderRepository } from '../../render/repository.ts';
import { badCredentials } from '../../server/api-error.ts';
import { operation } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import type { RepositoryRow } from '../../store/rows.ts';

export const listInstallationRepositories = operation({
  method: 'GET',
  path: '/installation/repositories',
  operationId: 'apps/list-repos-accessible-to-installation',
  caller: 'installation',
  handle: (request) => {
    const { actor, context, view } = request;
    if (actor.kind !== 'installation') throw badCredentials();
    const rows = context.store
      .all<RepositoryRow>(
        'SELECT * FROM repositories WHERE owner_id = ? ORDER BY id',
        actor.installation.account_id,
      )
      .filter((row) => actor.repositoryIds?.includes(row.id) ?? true);
    const pushes = actor.permissions.contents === 'write';
    return listReply(
      request,
      rows,
      (row) => ({ ...renderRepository(view, row), permissions: levelFlags(pushes ? 'write' : 'read') }),
      (repositories, total) => ({
        total_count: total,
        repository_selection: actor.repositoryIds === null ? 'all' : 'selected',
        repositories,
      }),
    );
  },
});
