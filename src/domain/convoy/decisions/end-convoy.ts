import { accept, type Decision, refuse } from '../../event.ts';
import type { EventData } from '../../event-types.ts';
import { type Refusal, refusal } from '../../refusal.ts';
import type { ConvoyState } from '../state.ts';
import { openConvoy } from './rules.ts';

/** Records the one pull request of a convoy; its head must be the verified one. */
export function recordPullRequest(
  state: ConvoyState,
  pullRequest: EventData['PullRequestOpened'],
): Decision<Refusal> {
  const open = openConvoy(state);
  if (!open.ok) return refuse(open.refusal);
  if (open.value.pullRequest) {
    return refuse(refusal('pull-request-exists', `It is #${open.value.pullRequest.number}.`));
  }
  if (open.value.head !== pullRequest.sha) {
    return refuse(refusal('head-not-verified', `${pullRequest.sha} is not the verified head.`));
  }
  return accept({ type: 'PullRequestOpened', data: pullRequest });
}

/** Ends a convoy that has nothing to show. */
export function failConvoy(state: ConvoyState, reason: string, rule?: 'setup-failed'): Decision<Refusal> {
  const open = openConvoy(state);
  const data = rule === undefined ? { reason } : { reason, rule };
  return open.ok ? accept({ type: 'ConvoyFailed', data }) : refuse(open.refusal);
}

export function cancelConvoy(state: ConvoyState, by: string, reason: string): Decision<Refusal> {
  const open = openConvoy(state);
  return open.ok ? accept({ type: 'ConvoyCancelled', data: { by, reason } }) : refuse(open.refusal);
}

/** Ends a convoy whose pull request was merged. */
export function landConvoy(state: ConvoyState, by: string, mergeCommit: string): Decision<Refusal> {
  const open = openConvoy(state);
  return open.ok ? accept({ type: 'ConvoyLanded', data: { by, mergeCommit } }) : refuse(open.refusal);
}

/** Records that nothing of an ended convoy is left on the engine. */
export function clearConvoy(state: ConvoyState): Decision<Refusal> {
  if (!state?.ended) return refuse(refusal('convoy-not-ended', 'The convoy has not ended.'));
  return state.cleared ? accept() : accept({ type: 'ConvoyCleared', data: {} });
}
