import { asksForSomething, receiveReview } from '../../domain/convoy/decisions/receive-review.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { beadCountMax } from '../../domain/convoy/limits.ts';
import { stripInvisible } from '../../domain/text/strip-invisible.ts';
import { tell } from '../mirror/tell.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { findTarget } from './commands/find-target.ts';
import type { ReviewPayload } from './deliveries.ts';
import { maySteer } from './may-steer.ts';

const fullText = `**Not worked.** This convoy holds ${beadCountMax} beads, and takes no more: GitHub shows no more sub-issues under one issue. A new issue orders new work.`;

const verdicts: Readonly<Record<string, 'approved' | 'changes_requested' | 'commented'>> = {
  approved: 'approved',
  changes_requested: 'changes_requested',
  commented: 'commented',
};

/** Takes in a review of our pull request by someone with write permission; what others write stays a conversation of people. */
export async function takeReview(town: Town, payload: ReviewPayload, cause: string): Promise<void> {
  const verdict = verdicts[payload.review.state.toLowerCase()];
  if (payload.action !== 'submitted' || verdict === undefined) return;
  const number = payload.pull_request.number;
  const target = findTarget(town, payload.repository.id, number);
  if (target === null) return;
  const { state } = town.ledger.load(target.stream, convoyFold);
  if (state?.pullRequest?.number !== number) return;
  const hub = await openHub(town, state.opened.repository);
  const by = payload.sender.login;
  if (!(await maySteer(hub, payload.sender, state.opened.settings.bots ?? []))) return;
  const comments = await hub.listReviewComments(number, payload.review.id);
  const review = {
    review: payload.review.id,
    by,
    verdict,
    body: stripInvisible(payload.review.body ?? '').text,
    comments: comments.map((one) => ({ ...one, body: stripInvisible(one.body).text })),
  };
  const result = await town.ledger.decide({
    stream: target.stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    decide: (now) => receiveReview(now, review),
  });
  const known = result.state?.reviews.find((one) => one.review === review.review);
  if (known?.bead !== null || !asksForSomething(review)) return;
  await tell(town, target.stream, hub, { issue: number, subject: `review ${review.review}`, text: fullText });
}
