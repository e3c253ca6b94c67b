import { evolveCrew, isCrewEvent } from '../crew/crew-state.ts';
import type { Fold, FoldedEvent, FoldedEventOf } from '../event.ts';
import { evolvePatrol, isPatrolEvent, nothingWatched } from '../patrol/patrol-state.ts';
import { copies, type Drafts, draftsOfRun } from './drafts.ts';
import type { Verification } from './events.ts';
import { evolveBead, isBeadEvent } from './evolve-bead.ts';
import { evolveEffects } from './evolve-effects.ts';
import { evolvePlan, planAfterBead } from './evolve-plan.ts';
import { evolvePullRequest, isPullRequestEvent } from './evolve-pull-request.ts';
import { landedBeads } from './final-pass-due.ts';
import type { Convoy, ConvoyState, MayorState, RefineryState, Spent } from './state.ts';

/** The state of a convoy as a fold of its stream. */
export const convoyFold: Fold<ConvoyState> = {
  name: 'convoy',
  version: 13,
  initial: () => null,
  evolve: (state, event) => evolve(state, event, copies),
  evolveMany(state, events) {
    const drafts = draftsOfRun();
    let now = state;
    for (const event of events) now = evolve(now, event, drafts);
    return now;
  },
};

function evolve(state: ConvoyState, event: FoldedEvent, drafts: Drafts): ConvoyState {
  if (event.type === 'ConvoyOpened') return open(event);
  return state === null ? null : evolveOpened(state, event, drafts);
}

function open(event: FoldedEventOf<'ConvoyOpened'>): Convoy {
  return {
    stream: event.stream,
    opened: event.data,
    openedAt: event.at,
    beads: new Map(),
    mayor: null,
    head: event.data.base.commit,
    verified: null,
    red: null,
    flaky: null,
    refinery: [],
    conflicts: [],
    namedCommand: null,
    baseCommit: event.data.base.commit,
    baseTests: undefined,
    ownChecks: null,
    withheld: [],
    incoming: { base: null, push: null },
    leftBehind: { base: null, push: null },
    failedChecks: [],
    refineAsked: [],
    pullRequest: null,
    paused: false,
    engineLost: null,
    pauseCause: null,
    plan: { proposed: null, approved: new Set(), guidance: [], refused: false },
    hands: [],
    lastBead: 0,
    cleared: false,
    ended: null,
    branchesDeleted: false,
    reverted: null,
    effects: [],
    startedRuns: new Set(),
    endedRuns: new Map(),
    spent: nothingSpent,
    spentByBead: new Map(),
    spentBySession: new Map(),
    budgetUsd: event.data.settings.budgetUsd,
    fundedUsd: 0,
    raisedUsd: 0,
    allowances: new Map(),
    exhausted: false,
    approved: new Set(),
    lessons: [],
    lessonsWritten: [],
    reviews: [],
    crew: new Map(),
    patrol: nothingWatched,
    answeredComments: new Set(),
  };
}

function evolveOpened(state: Convoy, event: FoldedEvent, drafts: Drafts): Convoy {
  if (isBeadEvent(event)) {
    const lastBead = Math.max(state.lastBead, event.type === 'BeadCreated' ? event.data.bead : 0);
    const plan = planAfterBead(state.plan, event);
    return { ...state, lastBead, plan, beads: evolveBead(state.beads, event, drafts) };
  }
  if (isCrewEvent(event)) return { ...state, crew: evolveCrew(state.crew, event) };
  if (isPatrolEvent(event)) return { ...state, patrol: evolvePatrol(state.patrol, event) };
  if (isPullRequestEvent(event)) return evolvePullRequest(state, event);
  switch (event.type) {
    case 'MayorStarted':
      return { ...state, mayor: { session: event.data.session, reported: null } };
    case 'MayorReported':
      return { ...state, mayor: reported(event.data) };
    case 'IntegrationVerified':
      return verified(state, event.data);
    case 'VerificationFailed':
      return { ...state, red: event.data };
    case 'MergeConflicted':
      return { ...state, conflicts: [...state.conflicts, event.data] };
    case 'RefineryStarted':
      return { ...state, refinery: [...state.refinery, refinerySession(state, event.data)] };
    case 'RefineryReported':
      return { ...state, refinery: state.refinery.map((one) => report(one, event.data)) };
    case 'ChangeApproved':
      return { ...state, approved: new Set([...state.approved, event.data.hash]) };
    case 'LessonLearned':
      return { ...state, lessons: [...state.lessons, event.data] };
    case 'LessonsWritten':
      return { ...state, lessonsWritten: [...state.lessonsWritten, event.data] };
    default:
      return evolveCourse(state, event, drafts);
  }
}

function verified(state: Convoy, data: Verification): Convoy {
  const flaky = state.red?.commit === data.commit ? state.red : null;
  return { ...state, head: data.commit, verified: data, red: null, flaky };
}

function evolveCourse(state: Convoy, event: FoldedEvent, drafts: Drafts): Convoy {
  switch (event.type) {
    case 'ConvoyCleared':
      return { ...state, cleared: true };
    case 'ConvoyPaused':
      return { ...state, paused: true, pauseCause: event.data.because ?? null };
    case 'ConvoyResumed':
      return { ...state, paused: false, pauseCause: null };
    case 'EngineLost':
      return { ...state, engineLost: { reason: event.data.reason, since: event.at } };
    case 'EngineReturned':
      return { ...state, engineLost: null };
    case 'ConvoyCancelled':
      return {
        ...state,
        ended: { how: 'cancelled', by: event.data.by, reason: event.data.reason, at: event.at },
      };
    case 'ConvoyFailed':
      return { ...state, ended: { how: 'failed', by: 'town', at: event.at, ...event.data } };
    case 'ConvoyLanded':
      return {
        ...state,
        ended: { how: 'landed', by: event.data.by, reason: event.data.mergeCommit, at: event.at },
      };
    case 'ConvoyReverted':
      return { ...state, reverted: event.data };
    case 'RunStarted':
      return { ...state, startedRuns: new Set([...state.startedRuns, event.data.run]) };
    case 'RunEnded':
      return { ...state, endedRuns: new Map(state.endedRuns).set(event.data.run, event.data.how) };
    case 'BranchesDeleted':
      return { ...state, branchesDeleted: true };
    case 'BudgetRaised':
      return {
        ...state,
        exhausted: false,
        raisedUsd: state.raisedUsd + event.data.usd,
        budgetUsd: state.budgetUsd === null ? null : state.budgetUsd + event.data.usd,
      };
    case 'BudgetFunded':
      return { ...state, exhausted: false, fundedUsd: state.fundedUsd + event.data.usd };
    case 'BudgetExhausted':
      return { ...state, exhausted: true };
    case 'AllowanceGranted':
      return {
        ...state,
        allowances: reserved(drafts.map(state.allowances), event.data.session, event.data.usd),
      };
    case 'AllowanceReturned':
      return {
        ...state,
        allowances: reserved(drafts.map(state.allowances), event.data.session, -event.data.usd),
      };
    case 'BudgetSpent':
      return spend(state, event.data, drafts);
    case 'CommandAccepted':
    case 'CommandRefused':
      return { ...state, answeredComments: drafts.set(state.answeredComments).add(event.data.comment) };
    case 'PlanProposed':
    case 'PlanApproved':
    case 'PlanRejected':
      return evolvePlan(state, event);
    case 'EffectIntended':
    case 'EffectConfirmed':
    case 'EffectFailed':
      return { ...state, effects: evolveEffects(state.effects, event, drafts) };
    default:
      return state;
  }
}

function reported(data: { session: string; finished: boolean; report: string }): MayorState {
  return { session: data.session, reported: { finished: data.finished, report: data.report } };
}

function refinerySession(
  { refineAsked, beads }: Convoy,
  started: Pick<RefineryState, 'session' | 'why' | 'bead'>,
): RefineryState {
  const before = { asksBefore: refineAsked.length, landedBefore: landedBeads({ beads }) };
  return { ...started, ...before, verdict: null, report: '' };
}

function report(
  one: RefineryState,
  data: { session: string; verdict: 'LANDED' | 'ESCALATION'; report: string },
): RefineryState {
  return one.session === data.session ? { ...one, verdict: data.verdict, report: data.report } : one;
}

const nothingSpent: Spent = { inputTokens: 0, outputTokens: 0, usd: 0 };

function spend(
  state: Convoy,
  data: { session: string; bead: number | null; inputTokens: number; outputTokens: number; usd: number },
  drafts: Drafts,
): Convoy {
  const { spentByBead, spentBySession } = state;
  return {
    ...state,
    spent: plus(state.spent, data),
    spentByBead: data.bead === null ? spentByBead : added(drafts.map(spentByBead), data.bead, data),
    spentBySession: added(drafts.map(spentBySession), data.session, data),
  };
}

function reserved(allowances: Map<string, number>, session: string, usd: number): Map<string, number> {
  return allowances.set(session, (allowances.get(session) ?? 0) + usd);
}

function added<Key>(spent: Map<Key, Spent>, key: Key, more: Spent): Map<Key, Spent> {
  return spent.set(key, plus(spent.get(key) ?? nothingSpent, more));
}

function plus(a: Spent, b: Spent): Spent {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    usd: a.usd + b.usd,
  };
}
