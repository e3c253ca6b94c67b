import type { Hub, PermissionLevel } from '../../town/ports/hub.ts';
import { call, callOrNull } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type RepositoryOperations = Pick<Hub, 'permissionOf' | 'defaultBranch' | 'whereabouts'>;

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
    whereabouts: async () => {
      // A name that was given up leads to the repository that has it now, or had it last.
      const answer = await callOrNull('repos/get', () => octokit.rest.repos.get(at(client)));
      if (answer === null || answer.data.id !== client.repository.id) return null;
      const { owner, name, archived } = answer.data;
      return { owner: owner.login, name, archived };
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
