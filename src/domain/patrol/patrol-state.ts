import type { FoldedEventOf } from '../event.ts';
import type { EventData } from '../event-types.ts';
import type { HealthVerdict } from './events.ts';

/** A health report that a person asked for. */
export interface HealthCheck {
  readonly by: string;
  /** Null until its session has begun. */
  readonly session: string | null;
  readonly reported: { readonly verdict: HealthVerdict | null; readonly report: string } | null;
}

/** What the Witness's rules found and did, and when. */
export type Finding = EventData['WitnessFound'];
export type PastFinding = Finding & { readonly at: string };

/** How a convoy was watched over so far. */
export interface PatrolState {
  readonly findings: readonly PastFinding[];
  readonly checks: readonly HealthCheck[];
}

export const nothingWatched: PatrolState = { findings: [], checks: [] };

const patrolEvents = ['WitnessFound', 'WitnessAsked', 'WitnessStarted', 'WitnessReported'] as const;
type PatrolEvent = FoldedEventOf<(typeof patrolEvents)[number]>;

export function isPatrolEvent(event: { readonly type: string }): event is PatrolEvent {
  return (patrolEvents as readonly string[]).includes(event.type);
}

export function evolvePatrol(state: PatrolState, event: PatrolEvent): PatrolState {
  switch (event.type) {
    case 'WitnessFound':
      return { ...state, findings: [...state.findings, { ...event.data, at: event.at }] };
    case 'WitnessAsked':
      return { ...state, checks: [...state.checks, { by: event.data.by, session: null, reported: null }] };
    case 'WitnessStarted':
      return { ...state, checks: state.checks.map((one) => begun(one, event.data.session)) };
    case 'WitnessReported':
      return { ...state, checks: state.checks.map((one) => reported(one, event.data)) };
  }
}

function begun(check: HealthCheck, session: string): HealthCheck {
  return check.session === null ? { ...check, session } : check;
}

function reported(check: HealthCheck, data: EventData['WitnessReported']): HealthCheck {
  if (check.session !== data.session) return check;
  return { ...check, reported: { verdict: data.verdict, report: data.report } };
}

/** The health report that is being made, if any. */
export const openCheck = (state: PatrolState): HealthCheck | null =>
  state.checks.find((check) => check.reported === null) ?? null;
