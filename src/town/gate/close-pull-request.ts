import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Town } from '../town.ts';
import type { PullRequestPayload } from './deliveries.ts';
import { recordEnding } from './settle-pull-request.ts';

/** The end of our own pull request, as a webhook tells it. */
export async function closePullRequest(
  town: Town,
  payload: PullRequestPayload,
  cause: string,
): Promise<void> {
  if (payload.action !== 'closed') return;
  const issue = /^gas-town\/convoy-(\d+)$/.exec(payload.pull_request.head.ref)?.[1];
  if (issue === undefined) return;
  const stream = convoyStream(payload.repository.id, Number(issue));
  const { state } = town.ledger.load(stream, convoyFold);
  const { number, merged, merge_commit_sha: commit } = payload.pull_request;
  if (state?.pullRequest?.number !== number || state.ended) return;
  const mergeCommit = merged && commit ? commit : null;
  await recordEnding(town, stream, { number, mergeCommit, by: payload.sender.login }, cause);
}
