import { z } from 'zod';
import { makeInstallationToken } from '../../auth/installation-token.ts';
import type { AppPermissions } from '../../forge.ts';
import { renderRepository } from '../../render/repository.ts';
import { ApiError } from '../../server/api-error.ts';
import { type ApiRequest, operation } from '../../server/operation.ts';
import type { RepositoryRow } from '../../store/rows.ts';
import { installationOf } from './installations.ts';

const body = z.object({
  repositories: z.array(z.string()).optional(),
  repository_ids: z.array(z.int()).optional(),
  permissions: z.record(z.string(), z.enum(['read', 'write'])).optional(),
});

export const createInstallationToken = operation({
  method: 'POST',
  path: '/app/installations/{installation_id}/access_tokens',
  operationId: 'apps/create-installation-access-token',
  caller: 'app',
  body,
  handle: (request) => {
    const { context, view } = request;
    const installation = installationOf(request);
    if (installation.suspended_at !== null) throw new ApiError(403, 'This installation has been suspended');
    const chosen = chooseRepositories(request, installation.account_id ?? 0);
    const permissions = choosePermissions(request);
    const ids = chosen?.map((row) => row.id);
    const { token, expires } = makeInstallationToken(context, installation, permissions, ids);
    return {
      status: 201,
      body: {
        token,
        expires_at: expires,
        permissions,
        repository_selection: chosen === undefined ? 'all' : 'selected',
        ...(chosen === undefined ? {} : { repositories: chosen.map((row) => renderRepository(view, row)) }),
      },
    };
  },
});

/** @throws ApiError 422 for a repository that the installation does not have. */
function chooseRepositories(
  request: ApiRequest<z.infer<typeof body>>,
  accountId: number,
): RepositoryRow[] | undefined {
  const { repositories, repository_ids: ids } = request.body;
  if (repositories === undefined && ids === undefined) return undefined;
  const all = request.context.store.all<RepositoryRow>(
    'SELECT * FROM repositories WHERE owner_id = ?',
    accountId,
  );
  const wanted: (string | number)[] = [...(repositories ?? []), ...(ids ?? [])];
  return wanted.map((one) => {
    const found = all.find((row) => row.id === one || row.name.toLowerCase() === String(one).toLowerCase());
    if (found !== undefined) return found;
    throw new ApiError(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  });
}

/** @throws ApiError 422 for more than the App was granted. */
function choosePermissions(request: ApiRequest<z.infer<typeof body>>): AppPermissions {
  const granted = request.context.identity.permissions;
  const { permissions } = request.body;
  if (permissions === undefined) return granted;
  for (const [name, level] of Object.entries(permissions)) {
    if (granted[name] === 'write' || granted[name] === level) continue;
    throw new ApiError(422, 'The permissions requested are not granted to this installation.');
  }
  return { metadata: 'read', ...permissions };
}

export const revokeInstallationToken = operation({
  method: 'DELETE',
  path: '/installation/token',
  operationId: 'apps/revoke-installation-access-token',
  caller: 'installation',
  handle: ({ context, headers }) => {
    const token = (headers.authorization as string).split(/\s+/)[1] ?? '';
    context.store.run('UPDATE tokens SET revoked = 1 WHERE token = ?', token);
    return { status: 204 };
  },
});
