import { now } from '../context.ts';
import { mergeability } from '../routes/pulls/mergeability.ts';
import { removeAutoMerge, saveAutoMerge } from '../store/auto-merges.ts';
import { findPull } from '../store/issues.ts';
import type { IssueRow, RepositoryRow } from '../store/rows.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';
import { admitTo, type GraphCall, issueOfNode, writerOf } from './graph-call.ts';
import { graphError } from './graph-error.ts';
import { graphPull, graphUser } from './graph-objects.ts';

interface Enable {
  readonly input: {
    readonly clientMutationId?: string | null;
    readonly pullRequestId: string;
    readonly commitHeadline?: string | null;
    readonly commitBody?: string | null;
    readonly mergeMethod?: 'MERGE' | 'SQUASH' | 'REBASE' | null;
    readonly expectedHeadOid?: string | null;
  };
}

interface Disable {
  readonly input: { readonly clientMutationId?: string | null; readonly pullRequestId: string };
}

/** Has a pull request merge by itself once its base branch's rules allow it. What nothing holds back is refused, as on GitHub. */
export async function enablePullRequestAutoMerge({ input }: Enable, call: GraphCall): Promise<unknown> {
  const { context } = call;
  const { issue, repository } = admitted(call, input.pullRequestId);
  const why = await whyNot(call, repository, issue, input.expectedHeadOid ?? null);
  if (why !== null) throw graphError('UNPROCESSABLE', why);
  const { user } = writerOf(call);
  saveAutoMerge(context.store, {
    issue_id: issue.id,
    user_id: user.id,
    method: methods[input.mergeMethod ?? 'MERGE'],
    title: input.commitHeadline ?? '',
    message: input.commitBody ?? '',
    enabled_at: now(context),
  });
  emitIssue(context, repository, issue.id, 'auto_merge_enabled', user);
  return answer(call, input.clientMutationId, repository, issue);
}

const methods = { MERGE: 'merge', SQUASH: 'squash', REBASE: 'rebase' } as const;

async function whyNot(
  call: GraphCall,
  repository: RepositoryRow,
  issue: IssueRow,
  expectedHead: string | null,
): Promise<string | null> {
  const { context } = call;
  if (repository.allow_auto_merge === 0) return 'Auto merge is not allowed for this repository';
  if (issue.state === 'closed') return "Can't enable auto-merge for this pull request.";
  const pull = findPull(context.store, issue.id);
  if (expectedHead !== null && expectedHead !== pull.head_sha)
    return "Head sha didn't match expected head sha";
  const { state } = await mergeability(context, issue);
  return state === 'blocked' ? null : `Pull request Pull request is in ${state} status`;
}

export function disablePullRequestAutoMerge({ input }: Disable, call: GraphCall): unknown {
  const { context } = call;
  const { issue, repository } = admitted(call, input.pullRequestId);
  if (!removeAutoMerge(context.store, issue.id))
    throw graphError('UNPROCESSABLE', "Can't disable auto-merge for this pull request.");
  emitIssue(context, repository, issue.id, 'auto_merge_disabled', writerOf(call).user, {
    reason: 'Auto-merge was disabled.',
  });
  return answer(call, input.clientMutationId, repository, issue);
}

/** A merge writes the repository's contents, so that is what it takes. */
function admitted(call: GraphCall, id: string): { issue: IssueRow; repository: RepositoryRow } {
  const { issue, repository } = issueOfNode(call, id, 'PullRequest');
  admitTo(call, repository, 'pull_requests=write', 'write', true);
  admitTo(call, repository, 'contents=write', 'write', true);
  return { issue, repository };
}

function answer(
  call: GraphCall,
  clientMutationId: string | null | undefined,
  repository: RepositoryRow,
  issue: IssueRow,
): unknown {
  const actor = graphUser(call, writerOf(call).user);
  return { clientMutationId, actor, pullRequest: graphPull(call, repository, issue) };
}
