import { convoyStream } from '../../domain/convoy/convoy-stream.ts';
import { cancelConvoy, landConvoy } from '../../domain/convoy/decisions/end-convoy.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Town } from '../town.ts';
import type { PullRequestPayload } from './deliveries.ts';

/** Our pull request was merged: the convoy has landed. Closed without a merge: it is cancelled, and nothing is lost. */
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
  if (state?.pullRequest?.number !== payload.pull_request.number || state.ended) return;
  const by = payload.sender.login;
  const { merged, merge_commit_sha: commit } = payload.pull_request;
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    key: `pull-request-closed:${stream}:${payload.pull_request.number}`,
    decide: (now) =>
      merged && commit
        ? landConvoy(now, by, commit)
        : cancelConvoy(now, by, `Pull request #${payload.pull_request.number} was closed without a merge.`),
  });
}
