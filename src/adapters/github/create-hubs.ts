import type { Octokit } from '@octokit/rest';
import type { HookDeliveries } from '../../town/ports/hook-deliveries.ts';
import type { Hub, Hubs, Quota, RepositoryRef } from '../../town/ports/hub.ts';
import { checkRunOperations } from './check-runs.ts';
import { commentOperations } from './comments.ts';
import { issueOperations } from './issues.ts';
import { pullRequestCourse } from './pull-request-course.ts';
import { pullRequestOperations } from './pull-requests.ts';
import { repositoryOperations } from './repository.ts';
import type { RepositoryClient } from './repository-client.ts';
import { reviewOperations } from './reviews.ts';
import { rigCheckOperations } from './rig-checks.ts';
import { subIssueOperations } from './sub-issues.ts';

/** A client all of whose requests are led through the traffic of its installation. */
export interface DirectedClient {
  readonly octokit: Octokit;
  readonly quota: () => Quota | null;
}

export interface HubsOptions {
  /** A client that may write to this repository; asked for anew each time, because tokens last an hour. */
  readonly clientFor: (repository: RepositoryRef) => Promise<DirectedClient>;
  /** A token that can do nothing but read and write this repository's contents. */
  readonly gitTokenFor: (repository: RepositoryRef) => Promise<string>;
  /** Where repositories are cloned from: `https://github.com`, or an Enterprise server's root. */
  readonly gitRoot: string;
  readonly identity: string;
  readonly hooks: HookDeliveries | null;
}

/** GitHub by way of an Octokit: each operation stands in the file of its resource. */
export function createHubs(options: HubsOptions): Hubs {
  return {
    hooks: options.hooks,
    open: async (repository): Promise<Hub> => {
      const { octokit, quota } = await options.clientFor(repository);
      const client: RepositoryClient = { octokit, repository, identity: options.identity };
      return {
        identity: options.identity,
        quota,
        ...repositoryOperations(client),
        ...issueOperations(client),
        ...subIssueOperations(client),
        ...commentOperations(client),
        ...pullRequestOperations(client),
        ...reviewOperations(client),
        ...checkRunOperations(client),
        ...rigCheckOperations(client),
        ...pullRequestCourse(client),
        gitRemote: async () => ({
          url: `${options.gitRoot}/${repository.owner}/${repository.name}.git`,
          token: await options.gitTokenFor(repository),
        }),
      };
    },
  };
}
