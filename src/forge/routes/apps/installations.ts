import { now } from '../../context.ts';
import { renderInstallation } from '../../render/app.ts';
import { ApiError, notFound } from '../../server/api-error.ts';
import { type ApiRequest, type Operation, operation } from '../../server/operation.ts';
import { listReply } from '../../server/pagination.ts';
import { findInstallation, findInstallationById } from '../../store/installations.ts';
import { findRedirect, findRepository } from '../../store/repositories.ts';
import type { InstallationRow } from '../../store/rows.ts';
import { findUserById } from '../../store/users.ts';
import { emitInstallation } from '../../webhooks/emit-installation.ts';
import { idParam } from '../find-in-request.ts';

/** The installation that the path names. @throws ApiError 404 */
export function installationOf(request: ApiRequest): InstallationRow {
  const installation = findInstallationById(request.context.store, idParam(request, 'installation_id'));
  if (installation === undefined || installation.account_id === null) throw notFound();
  return installation;
}

export const listInstallations = operation({
  method: 'GET',
  path: '/app/installations',
  operationId: 'apps/list-installations',
  caller: 'app',
  handle: (request) => {
    const rows = request.context.store.all<InstallationRow>(
      'SELECT * FROM installations WHERE account_id IS NOT NULL ORDER BY created_at, id',
    );
    return listReply(request, rows, (row) => renderInstallation(request.view, row));
  },
});

export const getInstallation = operation({
  method: 'GET',
  path: '/app/installations/{installation_id}',
  operationId: 'apps/get-installation',
  caller: 'app',
  handle: (request) => ({ status: 200, body: renderInstallation(request.view, installationOf(request)) }),
});

export const getRepositoryInstallation = operation({
  method: 'GET',
  path: '/repos/{owner}/{repo}/installation',
  operationId: 'apps/get-repo-installation',
  caller: 'app',
  handle: ({ context, params, view }) => {
    const { owner = '', repo = '' } = params;
    const repository = findRepository(context.store, owner, repo) ?? findRedirect(context.store, owner, repo);
    const installation = repository && findInstallation(context.store, repository.owner_id);
    if (installation === undefined) throw notFound();
    return { status: 200, body: renderInstallation(view, installation) };
  },
});

export const suspendInstallation = suspension('PUT', 'apps/suspend-installation');
export const unsuspendInstallation = suspension('DELETE', 'apps/unsuspend-installation');

function suspension(method: 'PUT' | 'DELETE', operationId: string): Operation {
  return operation({
    method,
    path: '/app/installations/{installation_id}/suspended',
    operationId,
    caller: 'app',
    handle: (request) => {
      const { context } = request;
      const installation = installationOf(request);
      const suspending = method === 'PUT';
      if (!suspending && installation.suspended_at === null) {
        throw new ApiError(404, 'Not Found');
      }
      context.store.run(
        'UPDATE installations SET suspended_at = ?, suspended_by = ? WHERE id = ?',
        suspending ? now(context) : null,
        suspending ? installation.account_id : null,
        installation.id,
      );
      const sender = findUserById(context.store, installation.account_id ?? 0);
      emitInstallation(context, installation.id, suspending ? 'suspend' : 'unsuspend', sender);
      return { status: 204 };
    },
  });
}
