import { convoyFold } from '../../domain/convoy/evolve.ts';
import type { Convoy } from '../../domain/convoy/state.ts';
import type { RecordedEvent, StreamId } from '../../domain/event.ts';
import { type PatrolLimits, patrolLimits } from '../../domain/patrol/patrol-limits.ts';
import type { Finding } from '../../domain/patrol/patrol-state.ts';
import { healthFold, type SessionHealth } from '../../domain/patrol/session-health.ts';
import { type PatrolFacts, watchConvoy, watchedSessions } from '../../domain/patrol/watch-convoy.ts';
import type { Town } from '../town.ts';
import { actOnFinding } from './act-on-finding.ts';

export interface Patrol {
  /** Takes in what happened: to a convoy, or in a session that is watched. */
  hear(event: RecordedEvent): void;
  /** Looks at a convoy now. */
  look(stream: StreamId): void;
  close(): Promise<void>;
}

interface Watched {
  readonly convoy: StreamId;
  health: SessionHealth;
  /** Version of the session's stream up to which `health` tells it. */
  version: number;
}

/**
 * The Witness's rules at work: asked again when a convoy moves, and at the time at which a silence would become trouble.
 * A session's events only bring its health up to date, so that watching costs next to nothing; where nothing is at work
 * there is no timer at all. `workedSince` says since when this process works a session, in ms since 1970.
 */
export function createPatrol(
  town: Town,
  workedSince: (stream: StreamId, session: string) => number | null,
): Patrol {
  const limits: PatrolLimits = { ...patrolLimits, ...town.patrol };
  const watchedFrom = town.clock().getTime();
  const watched = new Map<string, Watched>();
  const timers = new Map<StreamId, NodeJS.Timeout>();
  const acting = new Map<string, Promise<void>>();
  let closed = false;

  const factsOf = (stream: StreamId, convoy: Convoy): PatrolFacts => {
    const sessions = new Map<string, { health: SessionHealth; workedSince: number | null }>();
    for (const session of follow(stream, watchedSessions(convoy))) {
      const health = watched.get(session)?.health;
      if (health) sessions.set(session, { health, workedSince: workedSince(stream, session) });
    }
    return { now: town.clock().getTime(), watchedSince: watchedFrom, sessions };
  };

  /** Watches these sessions of a convoy, and no others of it. */
  const follow = (stream: StreamId, sessions: readonly string[]): readonly string[] => {
    for (const [session, one] of watched) {
      if (one.convoy === stream && !sessions.includes(session)) watched.delete(session);
    }
    for (const session of sessions) {
      if (watched.has(session)) continue;
      const { state: health, version } = town.ledger.load(`session/${session}`, healthFold);
      watched.set(session, { convoy: stream, health, version });
    }
    return sessions;
  };

  const look = (stream: StreamId): void => {
    clearTimeout(timers.get(stream));
    timers.delete(stream);
    const { state } = town.ledger.load(stream, convoyFold);
    if (closed || state === null) return;
    const facts = factsOf(stream, state);
    const { findings, lookAgainAt } = watchConvoy(state, facts, limits);
    for (const finding of findings) act(stream, finding);
    if (lookAgainAt === null) return;
    timers.set(
      stream,
      town.later(() => look(stream), lookAgainAt - facts.now),
    );
  };

  const act = (stream: StreamId, finding: Finding): void => {
    const key = `${stream} ${finding.rule} ${finding.bead} ${finding.session}`;
    if (acting.has(key)) return;
    const done = actOnFinding(town, stream, finding).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      town.onProgress({
        kind: 'trouble',
        convoy: stream,
        step: 'witness',
        message,
        retryInMs: limits.graceMs,
      });
    });
    acting.set(
      key,
      done.finally(() => acting.delete(key)),
    );
  };

  return {
    look,
    hear(event) {
      if (event.stream.startsWith('convoy/')) return look(event.stream);
      const known = watched.get(event.stream.slice('session/'.length));
      if (known === undefined || event.version <= known.version) return;
      const begins = known.health.heardAt === null;
      known.health = healthFold.evolve(known.health, event);
      known.version = event.version;
      if (begins || known.health.ended || known.health.repeats >= limits.repeatsMax) look(known.convoy);
    },
    async close() {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(acting.values());
    },
  };
}
