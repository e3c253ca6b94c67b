import { type Hub, HubFailed } from '../../town/ports/hub.ts';
import { call, once } from './call.ts';
import { isOfUnknownShape } from './graph-refusal.ts';
import { at, type RepositoryClient } from './repository-client.ts';

type CourseOperations = Pick<Hub, 'setDraft' | 'autoMerge'>;

const ready = `mutation($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { clientMutationId } }`;
const draft = `mutation($id: ID!) { convertPullRequestToDraft(input: { pullRequestId: $id }) { clientMutationId } }`;
const autoMerge = `mutation($id: ID!, $head: GitObjectID!, $how: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: { pullRequestId: $id, expectedHeadOid: $head, mergeMethod: $how }) { clientMutationId }
}`;

/** What of a pull request is changed by GraphQL alone: whether it is a draft, and whether GitHub merges it by itself. */
export function pullRequestCourse(client: RepositoryClient): CourseOperations {
  const { octokit } = client;
  const read = (pull_number: number) =>
    call('pulls/get', async () => (await octokit.rest.pulls.get({ ...at(client), pull_number })).data);
  return {
    setDraft: async (number, wanted) => {
      const pull = await read(number);
      if ((pull.draft ?? false) === wanted) return 'done';
      return refusedOr('done', () =>
        call('graphql', () => octokit.graphql(wanted ? draft : ready, { id: pull.node_id })),
      );
    },
    autoMerge: async (number, sha) => {
      const pull = await read(number);
      if (pull.merged) return 'merged';
      if (pull.auto_merge) return 'enabled';
      const method = await mergeMethod(client);
      const variables = { id: pull.node_id, head: sha, how: method };
      const told = await refusedOr('enabled', () =>
        call('graphql', () => octokit.graphql(autoMerge, variables)),
      );
      // What could be merged at once has nothing to wait for, and is refused: so it is merged.
      if (told === 'enabled' || pull.mergeable_state !== 'clean') return told;
      return refusedOr('merged', () => mergeNow(client, number, sha, method));
    },
  };
}

type MergeMethod = 'MERGE' | 'SQUASH' | 'REBASE';

/** A merge commit keeps every bead's own; where the repository forbids it, what it allows. */
async function mergeMethod(client: RepositoryClient): Promise<MergeMethod> {
  const { data } = await call('repos/get', () => client.octokit.rest.repos.get(at(client)));
  if (data.allow_merge_commit !== false) return 'MERGE';
  return data.allow_squash_merge === false ? 'REBASE' : 'SQUASH';
}

async function mergeNow(client: RepositoryClient, pull_number: number, sha: string, method: MergeMethod) {
  const merge_method = method.toLowerCase() as Lowercase<MergeMethod>;
  await call('pulls/merge', () =>
    client.octokit.rest.pulls.merge({ ...at(client), pull_number, sha, merge_method, ...once }),
  );
}

/** GitHub's rules or the plan forbid it, or an older server has no such mutation: an answer, not a failure. */
async function refusedOr<Done extends string>(
  done: Done,
  send: () => Promise<unknown>,
): Promise<Done | 'refused'> {
  try {
    await send();
    return done;
  } catch (error) {
    const refusals: readonly (number | null)[] = [403, 405, 409, 422];
    if (!(error instanceof HubFailed)) throw error;
    const isRefused = error.retryAt === null && refusals.includes(error.status);
    if (isRefused || isOfUnknownShape(error.cause)) return 'refused';
    throw error;
  }
}
