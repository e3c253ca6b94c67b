import type { Hub, HubPullRequest } from '../../town/ports/hub.ts';
import { call, callOrNull, once } from './call.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type PullRequestOperations = Pick<
  Hub,
  'readPullRequest' | 'findPullRequest' | 'createPullRequest' | 'updatePullRequest'
>;

export function pullRequestOperations(client: RepositoryClient): PullRequestOperations {
  const { octokit } = client;
  return {
    readPullRequest: async (pull_number) => {
      const answer = await callOrNull('pulls/get', () =>
        octokit.rest.pulls.get({ ...at(client), pull_number }),
      );
      if (answer === null) return null;
      const { state, merged, merge_commit_sha, merged_by } = answer.data;
      return {
        state: state === 'open' ? 'open' : 'closed',
        mergeCommit: merged ? merge_commit_sha : null,
        mergedBy: merged_by?.login ?? null,
      };
    },
    findPullRequest: (head) =>
      call('pulls/list', async () => {
        const request = { ...at(client), head: `${client.repository.owner}:${head}`, state: 'all' } as const;
        const { data } = await octokit.rest.pulls.list(request);
        const newest = data[0];
        return newest ? toPullRequest(client, newest) : null;
      }),
    createPullRequest: (request) =>
      call('pulls/create', async () => {
        const { data } = await octokit.rest.pulls.create({ ...at(client), ...request, ...once });
        return toPullRequest(client, data);
      }),
    updatePullRequest: (pull_number, change) =>
      call('pulls/update', async () => {
        await octokit.rest.pulls.update({ ...at(client), pull_number, ...change });
      }),
  };
}

interface PullRequestAnswer {
  number: number;
  html_url: string;
  head: { ref: string; sha: string };
  state: string;
  merged_at: string | null;
  draft?: boolean | undefined;
  user: { login: string } | null;
}

function toPullRequest(client: RepositoryClient, data: PullRequestAnswer): HubPullRequest {
  return {
    number: data.number,
    url: data.html_url,
    head: data.head.ref,
    sha: data.head.sha,
    state: data.state === 'open' ? 'open' : 'closed',
    merged: data.merged_at !== null,
    draft: data.draft ?? false,
    ours: data.user?.login === client.identity,
  };
}
