import { markPullRequest, recordUpdate } from '../../../domain/convoy/decisions/update-pull-request.ts';
import {
  isAutoMergeDue,
  pullRequestAwaitsApproval,
  unansweredReviews,
} from '../../../domain/convoy/pull-request-due.ts';
import type { PullRequest } from '../../../domain/convoy/state.ts';
import type { StreamId } from '../../../domain/event.ts';
import type { Hub } from '../../ports/hub.ts';
import { openHub } from '../../rig/open-hub.ts';
import type { Town } from '../../town.ts';
import { type RefineryDesk, refineryDesk } from '../refinery-desk.ts';
import { workflowPatches } from '../withhold-workflows.ts';
import { answerReview } from './answer-review.ts';
import { askAutoMerge } from './auto-merge.ts';
import { catchUp } from './catch-up.ts';
import { recordCheckRun } from './check-run.ts';
import { draftTitle, pullRequestText } from './pull-request-text.ts';
import { pushConvoyBranch } from './push-convoy-branch.ts';
import { recordOwnChecks } from './record-own-checks.ts';

/**
 * Brings an open pull request to the verified head, with new commits alone; shows it as a draft or as ready, as people's
 * approvals stand; answers the reviews that led there.
 */
export async function updatePullRequest(town: Town, stream: StreamId, signal: AbortSignal): Promise<void> {
  const desk = await refineryDesk(town, stream);
  const hub = await openHub(town, desk.convoy().opened.repository);
  const { pullRequest: before, incoming, head } = desk.convoy();
  if (before === null) return;
  if (before.sha !== head || incoming.base !== null || incoming.push !== null) {
    const { push } = await catchUp(town, stream, hub, signal);
    if (push === 'conflict' || push === 'red') return;
  }
  await recordOwnChecks(desk, signal);
  await showHead(desk, hub, before);
  await showMark(desk, hub, before);
  for (const review of unansweredReviews(desk.convoy())) await answerReview(town, stream, hub, review);
  if (isAutoMergeDue(desk.convoy())) await askAutoMerge(desk, hub);
}

async function showHead(desk: RefineryDesk, hub: Hub, { number, sha }: PullRequest): Promise<void> {
  const { town, stream } = desk;
  if (sha !== desk.convoy().head) {
    await pushConvoyBranch(town, stream, hub);
    await recordCheckRun(desk, hub);
  }
  const convoy = desk.convoy();
  const { body } = pullRequestText(convoy, await workflowPatches(desk.store, convoy));
  await hub.updatePullRequest(number, { body });
  await desk.decide('pull-request', (state) => recordUpdate(state, { number, sha: convoy.head }));
}

/** A draft begins and ends by GraphQL; where the plan has none, the title says the same. */
async function showMark(desk: RefineryDesk, hub: Hub, { number, shownAs }: PullRequest): Promise<void> {
  const convoy = desk.convoy();
  const waits = pullRequestAwaitsApproval(convoy);
  if (waits === (shownAs !== 'ready')) return;
  const { title } = pullRequestText(convoy, []);
  const drafted = shownAs === 'titled' ? 'refused' : await hub.setDraft(number, waits);
  if (drafted === 'refused')
    await hub.updatePullRequest(number, { title: waits ? draftTitle(title) : title });
  const as = waits ? (drafted === 'done' ? 'draft' : 'titled') : 'ready';
  await desk.decide('pull-request', (state) => markPullRequest(state, { number, as }));
}
