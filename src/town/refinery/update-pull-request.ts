import { recordUpdate } from '../../domain/convoy/decisions/update-pull-request.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { unansweredReviews } from '../../domain/convoy/next-steps.ts';
import type { StreamId } from '../../domain/event.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { answerReview } from './answer-review.ts';
import { catchUp } from './catch-up.ts';
import { recordCheckRun } from './check-run.ts';
import { listOwnChecks } from './list-own-checks.ts';
import { pullRequestText } from './pull-request-text.ts';
import { pushConvoyBranch } from './push-convoy-branch.ts';

/** Brings an open pull request to the verified head, with new commits alone, and answers the reviews that led there. */
export async function updatePullRequest(town: Town, stream: StreamId, signal: AbortSignal): Promise<void> {
  const { state: before } = town.ledger.load(stream, convoyFold);
  if (!before?.pullRequest) return;
  const hub = await openHub(town, before.opened.repository);
  if (before.pullRequest.sha !== before.head) await catchUp(town, stream, hub, signal);
  const { state: convoy } = town.ledger.load(stream, convoyFold);
  if (!convoy?.pullRequest) return;
  const { number, sha } = convoy.pullRequest;
  if (sha !== convoy.head) {
    await pushConvoyBranch(town, stream, hub);
    await recordCheckRun(town, stream, hub);
    const store = await town.git.open(convoy.opened.repository.id);
    const { body } = pullRequestText(convoy, await listOwnChecks(store, convoy));
    await hub.updatePullRequest(number, { body });
    await town.ledger.decide({
      stream,
      fold: convoyFold,
      actor: 'refinery',
      cause: 'review',
      decide: (state) => recordUpdate(state, { number, sha: convoy.head }),
    });
  }
  for (const review of unansweredReviews(convoy)) await answerReview(town, stream, hub, review);
}
