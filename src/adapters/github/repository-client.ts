import type { Octokit } from '@octokit/rest';
import type { RepositoryRef } from '../../town/ports/hub.ts';

/** What each operation needs: a client, the repository it speaks of, and who we are there. */
export interface RepositoryClient {
  readonly octokit: Octokit;
  readonly repository: RepositoryRef;
  /** The login under which our own writing appears: `<slug>[bot]` or `github-actions[bot]`. */
  readonly identity: string;
}

/** The `owner` and `repo` parameters that every call takes. */
export const at = (client: RepositoryClient): { owner: string; repo: string } => ({
  owner: client.repository.owner,
  repo: client.repository.name,
});
