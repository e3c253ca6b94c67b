import { cancelConvoy, landConvoy } from '../../domain/convoy/decisions/end-convoy.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { StreamId } from '../../domain/event.ts';
import type { Hub } from '../ports/hub.ts';
import type { Town } from '../town.ts';

/** How a pull request came to its end; `mergeCommit` is null where it was closed without a merge. */
export interface PullRequestEnding {
  readonly number: number;
  readonly mergeCommit: string | null;
  readonly by: string;
}

/** Our pull request was merged: the convoy has landed. Closed without a merge: it is cancelled, and nothing is lost. */
export async function recordEnding(
  town: Town,
  stream: StreamId,
  ending: PullRequestEnding,
  cause: string,
): Promise<void> {
  const { number, mergeCommit, by } = ending;
  await town.ledger.decide({
    stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    key: `pull-request-closed:${stream}:${number}`,
    decide: (now) =>
      mergeCommit === null
        ? cancelConvoy(now, by, `Pull request #${number} was closed without a merge.`)
        : landConvoy(now, by, mergeCommit),
  });
}

/** Looks whether the convoy's pull request was merged or closed meanwhile, and records it. True when it was. */
export async function settlePullRequest(
  town: Town,
  hub: Hub,
  stream: StreamId,
  cause: string,
): Promise<boolean> {
  const { state } = town.ledger.load(stream, convoyFold);
  if (!state?.pullRequest || state.ended) return false;
  const { number } = state.pullRequest;
  const now = await hub.readPullRequest(number);
  if (now === null || now.state === 'open') return false;
  await recordEnding(
    town,
    stream,
    { number, mergeCommit: now.mergeCommit, by: now.mergedBy ?? 'someone' },
    cause,
  );
  return true;
}
