import type { Hub, PermissionLevel } from '../../town/ports/hub.ts';
import { call, callOrNull } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type RepositoryOperations = Pick<Hub, 'permissionOf' | 'defaultBranch'>;

const levels: readonly string[] = ['admin', 'write', 'read', 'none'] satisfies PermissionLevel[];

export function repositoryOperations(client: RepositoryClient): RepositoryOperations {
  const { octokit } = client;
  return {
    permissionOf: async (username) => {
      const answer = await callOrNull('repos/get-collaborator-permission-level', () =>
        octokit.rest.repos.getCollaboratorPermissionLevel({ ...at(client), username }),
      );
      return asLevel(answer?.data.permission);
    },
    defaultBranch: () =>
      call('repos/get', async () => {
        const { data } = await octokit.rest.repos.get(at(client));
        return data.default_branch;
      }),
  };
}

/** The API folds `maintain` into write and `triage` into read; anything else that it may say is nothing. */
function asLevel(permission: string | undefined): PermissionLevel {
  return levels.includes(permission ?? '') ? (permission as PermissionLevel) : 'none';
}
