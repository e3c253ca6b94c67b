import type { FoldedEvent, FoldedEventOf } from '../event.ts';
import type { EventData } from '../event-types.ts';
import type { Convoy, PullRequest, Review } from './state.ts';

const handled = [
  'VerificationNamed',
  'BaseTestsCounted',
  'OwnChecksListed',
  'WorkflowsWithheld',
  'BaseMoved',
  'HandMoved',
  'CaughtUp',
  'PullRequestOpened',
  'PullRequestUpdated',
  'PullRequestMarked',
  'ChecksFailed',
  'RefineAsked',
  'ReviewReceived',
  'ReviewAnswered',
] as const;

type PullRequestEvent = FoldedEventOf<(typeof handled)[number]>;

export const isPullRequestEvent = (event: FoldedEvent): event is PullRequestEvent =>
  (handled as readonly string[]).includes(event.type);

/** The state after an event of the branch, its pull request, or its review. */
export function evolvePullRequest(state: Convoy, event: PullRequestEvent): Convoy {
  switch (event.type) {
    case 'VerificationNamed':
      return { ...state, namedCommand: event.data.command };
    case 'BaseTestsCounted':
      return { ...state, baseTests: event.data.ran };
    case 'OwnChecksListed':
      return { ...state, ownChecks: event.data };
    case 'WorkflowsWithheld':
      return { ...state, withheld: [...state.withheld, event.data] };
    case 'BaseMoved':
      return { ...state, incoming: { ...state.incoming, base: event.data.commit } };
    case 'HandMoved':
      return handMoved(state, event.data);
    case 'CaughtUp':
      return caughtUp(state, event.data);
    case 'ChecksFailed':
      return { ...state, failedChecks: [...state.failedChecks, event.data] };
    case 'RefineAsked':
      return triedAgain({ ...state, refineAsked: [...state.refineAsked, { ...event.data, at: event.at }] });
    case 'ReviewReceived':
      return reviewed(state, event.data);
    case 'ReviewAnswered':
      return { ...state, reviews: state.reviews.map((one) => answered(one, event.data.review)) };
    default:
      return { ...state, pullRequest: shown(state.pullRequest, event) };
  }
}

/** What is noted as done by hand when someone else pushed to a convoy's branch: it waits to be taken in. */
export const branchPushed = 'branch-pushed';

function handMoved(state: Convoy, hand: EventData['HandMoved']): Convoy {
  const push = hand.what === branchPushed ? hand.after : state.incoming.push;
  return { ...state, hands: [...state.hands, hand], incoming: { ...state.incoming, push } };
}

function caughtUp(state: Convoy, data: EventData['CaughtUp']): Convoy {
  const waiting = state.incoming[data.with];
  const met = waiting === data.commit || waiting === data.seen;
  return {
    ...state,
    baseCommit: data.with === 'base' && data.how === 'taken' ? data.commit : state.baseCommit,
    incoming: { ...state.incoming, [data.with]: met ? null : waiting },
    leftBehind: { ...state.leftBehind, [data.with]: data.how === 'taken' ? null : data },
  };
}

/** What could not be taken in waits again. */
function triedAgain(state: Convoy): Convoy {
  const { leftBehind, incoming } = state;
  return {
    ...state,
    leftBehind: { base: null, push: null },
    incoming: {
      base: incoming.base ?? leftBehind.base?.commit ?? null,
      push: incoming.push ?? leftBehind.push?.commit ?? null,
    },
  };
}

function shown(
  before: PullRequest | null,
  event: FoldedEventOf<'PullRequestOpened' | 'PullRequestUpdated' | 'PullRequestMarked'>,
): PullRequest | null {
  if (event.type === 'PullRequestOpened') {
    return { ...event.data, shownAs: event.data.shownAs ?? 'ready', approvedBy: [] };
  }
  if (before === null) return null;
  return event.type === 'PullRequestMarked'
    ? { ...before, shownAs: event.data.as }
    : { ...before, sha: event.data.sha, approvedBy: [] };
}

/** An approval holds for the head that it was given for, and until the same person asks for changes. */
function reviewed(state: Convoy, data: EventData['ReviewReceived']): Convoy {
  const { pullRequest } = state;
  const reviews = [...state.reviews, { ...data, answered: false }];
  if (pullRequest === null || data.verdict === 'commented') return { ...state, reviews };
  const others = pullRequest.approvedBy.filter((login) => login !== data.by);
  const approvedBy = data.verdict === 'approved' ? [...others, data.by] : others;
  return { ...state, reviews, pullRequest: { ...pullRequest, approvedBy } };
}

function answered(one: Review, review: number): Review {
  return one.review === review ? { ...one, answered: true } : one;
}
