import type { Octokit } from '@octokit/rest';
import type { Hub, Hubs, RepositoryRef } from '../../town/ports/hub.ts';
import { checkRunOperations } from './check-runs.ts';
import { commentOperations } from './comments.ts';
import { issueOperations } from './issues.ts';
import { pullRequestOperations } from './pull-requests.ts';
import { repositoryOperations } from './repository.ts';
import type { RepositoryClient } from './repository-client.ts';
import { reviewOperations } from './reviews.ts';
import { subIssueOperations } from './sub-issues.ts';

export interface HubsOptions {
  /** A client that may write to this repository; asked for anew each time, because tokens last an hour. */
  readonly octokitFor: (repository: RepositoryRef) => Promise<Octokit>;
  /** A token that can do nothing but read and write this repository's contents. */
  readonly gitTokenFor: (repository: RepositoryRef) => Promise<string>;
  /** Where repositories are cloned from: `https://github.com`, or an Enterprise server's root. */
  readonly gitRoot: string;
  readonly identity: string;
}

/** GitHub by way of an Octokit: each operation stands in the file of its resource. */
export function createHubs(options: HubsOptions): Hubs {
  return {
    open: async (repository): Promise<Hub> => {
      const octokit = await options.octokitFor(repository);
      const client: RepositoryClient = { octokit, repository, identity: options.identity };
      return {
        ...repositoryOperations(client),
        ...issueOperations(client),
        ...subIssueOperations(client),
        ...commentOperations(client),
        ...pullRequestOperations(client),
        ...reviewOperations(client),
        ...checkRunOperations(client),
        gitRemote: async () => ({
          url: `${options.gitRoot}/${repository.owner}/${repository.name}.git`,
          token: await options.gitTokenFor(repository),
        }),
      };
    },
  };
}
