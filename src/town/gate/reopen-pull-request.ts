import { noteReopened } from '../../domain/convoy/decisions/after-end.ts';
import { convoyFold } from '../../domain/convoy/evolve.ts';
import { tell } from '../mirror/tell.ts';
import { openHub } from '../rig/open-hub.ts';
import type { Town } from '../town.ts';
import { reopenedText } from '../voice/reverted.ts';
import { findTarget } from './commands/find-target.ts';
import type { PullRequestPayload } from './deliveries.ts';

/** The pull request of a convoy that has ended was opened again: known, and said under it. */
export async function reopenPullRequest(
  town: Town,
  payload: PullRequestPayload,
  cause: string,
): Promise<void> {
  const { number } = payload.pull_request;
  const target = findTarget(town, payload.repository.id, number);
  if (payload.action !== 'reopened' || target === null) return;
  const by = payload.sender.login;
  const { state, status } = await town.ledger.decide({
    stream: target.stream,
    fold: convoyFold,
    actor: `overseer:${by}`,
    cause,
    key: `pull-request-reopened:${target.stream}:${cause}`,
    decide: (now) => noteReopened(now, { by, pullRequest: number }),
  });
  if (status === 'refused' || state === null) return;
  const hub = await openHub(town, state.opened.repository);
  await tell(town, target.stream, hub, {
    issue: number,
    subject: `reopened ${cause}`,
    text: reopenedText(state, by),
  });
}
