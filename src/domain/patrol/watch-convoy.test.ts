import { expect, test } from 'vitest';
import {
  created,
  finalPassDone,
  holder,
  landed,
  leased,
  mayorReported,
  mayorStarted,
  opened,
  sessionId,
  settings,
  slung,
  verified,
  worked,
} from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import type { NewEvent } from '../event.ts';
import { patrolLimits } from './patrol-limits.ts';
import type { Finding } from './patrol-state.ts';
import { healthFold, type SessionHealth } from './session-health.ts';
import { type Patrol, watchConvoy, watchedSessions } from './watch-convoy.ts';

const minute = 60_000;
/** The events of a convoy are recorded from here on, a second apart. */
const start = Date.UTC(2030, 0, 1);
const held = [opened(), created(1), slung(1), leased(1)];
const fresh = { ...healthFold.initial('session/x'), heardAt: new Date(start).toISOString() };
const at = (ms: number): string => new Date(start + ms).toISOString();
const found = (data: Finding): NewEvent => ({ type: 'WitnessFound', data });

interface Scene {
  readonly events?: readonly NewEvent[];
  readonly health?: Partial<SessionHealth>;
  readonly session?: string;
  readonly worked?: boolean;
  readonly watchedSince?: number;
}

/** What the rules say so many ms after the convoy was opened. */
function patrol(now: number, scene: Scene = {}): Patrol {
  const { events = held, health = {}, session = holder(1), worked: works = true, watchedSince = 0 } = scene;
  const watched = { health: { ...fresh, ...health }, workedSince: works ? start : null };
  const facts = {
    now: start + now,
    watchedSince: start + watchedSince,
    sessions: new Map([[session, watched]]),
  };
  return watchConvoy(convoyAfter(...events), facts, patrolLimits);
}
const told = (now: number, scene: Scene = {}) =>
  patrol(now, scene).findings.map(({ rule, action, bead }) => `${rule} ${bead}: ${action}`);

test('where nothing is at work nothing is found, and nobody looks again', () => {
  expect(patrol(10 * 60 * minute, { events: [opened(), mayorStarted(), mayorReported()] })).toEqual({
    findings: [],
    lookAgainAt: null,
  });
});

test('a session that is silent for a quarter of an hour is spoken to, and given up after another', () => {
  const health = { heardAt: at(5 * minute) };
  expect(patrol(19 * minute, { health })).toEqual({ findings: [], lookAgainAt: start + 20 * minute });
  expect(told(20 * minute, { health })).toEqual(['stalled 1: nudge']);
  const nudge = { rule: 'stalled', action: 'nudge', bead: 1, session: holder(1), detail: 'silent' } as const;
  const nudged = [...held, found(nudge)];
  const silent = { events: nudged, health: { heardAt: at(0) } };
  expect(told(15 * minute, silent)).toEqual([]);
  expect(told(16 * minute, silent)).toEqual(['stalled 1: release']);
  // It has been heard of since it was spoken to: the silence begins anew.
  const again = { events: nudged, health: { heardAt: at(16 * minute) } };
  expect(told(30 * minute, again)).toEqual([]);
  expect(told(32 * minute, { ...again, watchedSince: 20 * minute })).toEqual(['stalled 1: nudge']);
});

test('who waits, is put off until the engine is back, or has not begun is not silent', () => {
  expect(told(25 * minute, { health: { waits: true } })).toEqual([]);
  expect(told(25 * minute, { worked: false })).toEqual([]);
  expect(told(25 * minute, { health: { heardAt: null } })).toEqual([]);
});

test('a Mayor that falls silent is spoken to, and then people are told: there is no bead to give back', () => {
  const events = [opened(), mayorStarted()];
  const session = sessionId(1);
  expect(told(16 * minute, { events, session })).toEqual(['stalled null: nudge']);
  const nudge = { rule: 'stalled', action: 'nudge', bead: null, session, detail: 'silent' } as const;
  expect(told(16 * minute, { events: [...events, found(nudge)], session })).toEqual([
    'stalled null: escalate',
  ]);
});

test('a session that repeats itself is spoken to once', () => {
  const health = { heardAt: at(0), repeats: 2 };
  expect(told(1000, { health })).toEqual(['looping 1: nudge']);
  const nudge = { rule: 'looping', action: 'nudge', bead: 1, session: holder(1), detail: 'again' } as const;
  expect(told(1000, { health, events: [...held, found(nudge)] })).toEqual([]);
});

test('a lease that nobody renewed is taken back, a minute after it ran out or after anybody could', () => {
  const ranOut = 60 * minute;
  const quiet = { worked: false };
  expect(told(ranOut, quiet)).toEqual([]);
  expect(told(ranOut + minute, quiet)).toEqual(['orphaned 1: release']);
  expect(told(ranOut + minute, { ...quiet, watchedSince: ranOut + 1 })).toEqual([]);
});

test('a bead whose session has ended is taken back', () => {
  const ended = { ended: true, heardAt: at(4000) };
  expect(patrol(5000, { health: ended }).lookAgainAt).toBe(start + 4000 + minute);
  expect(told(4000 + minute, { health: ended })).toEqual(['orphaned 1: release']);
});

const spent = (bead: number, tokens: number): NewEvent => ({
  type: 'BudgetSpent',
  data: {
    session: holder(bead),
    role: 'polecat',
    model: 'm',
    bead,
    inputTokens: tokens,
    outputTokens: 0,
    usd: 0,
  },
});

test('a bead that takes many times what others took is spoken to, then taken out', () => {
  const others = [2, 3, 4].flatMap((bead) => [
    created(bead),
    slung(bead),
    ...worked(bead),
    spent(bead, 50_000),
    verified([bead]),
    landed(bead),
  ]);
  const events = [...held, ...others];
  const tokens = (count: number) => ({ events, health: { heardAt: at(0), tokens: count } });
  expect(told(1000, tokens(199_999))).toEqual([]);
  expect(told(1000, tokens(200_000))).toEqual(['overspending 1: nudge']);
  expect(told(1000, tokens(500_000))).toEqual(['overspending 1: quarantine']);
  // Until three beads are delivered there is nothing to compare with.
  const first = [...held, ...others.slice(0, 6)];
  expect(told(1000, { events: first, health: { heardAt: at(0), tokens: 500_000 } })).toEqual([]);
});

test('a ready bead that nobody takes although there is room is told to people, once', () => {
  const events = [opened(), mayorStarted(), mayorReported(), created(1), slung(1)];
  expect(told(29 * minute, { events })).toEqual([]);
  expect(told(31 * minute, { events })).toEqual(['starved 1: escalate']);
  expect(told(31 * minute, { events: [...events, { type: 'ConvoyPaused', data: { by: 'ada' } }] })).toEqual(
    [],
  );
  const known = { rule: 'starved', action: 'escalate', bead: 1, session: null, detail: 'it waits' } as const;
  expect(told(31 * minute, { events: [...events, found(known)] })).toEqual([]);
  const one = { ...settings, polecats: 1 };
  const busy = [opened({ settings: one }), created(1), created(2), slung(1), slung(2), leased(1)];
  expect(told(14 * minute, { events: busy })).toEqual([]);
});

test('a closed bead that does not land is told to people', () => {
  const events = [opened(), mayorStarted(), mayorReported(), created(1), slung(1), ...worked(1)];
  expect(told(33 * minute, { events })).toEqual(['starved 1: escalate']);
});

test('those are watched that are at work', () => {
  const events = [opened(), mayorStarted(), created(1), created(2), slung(1), leased(1), slung(2), leased(2)];
  expect(watchedSessions(convoyAfter(...events))).toEqual([holder(1), holder(2), sessionId(1)]);
  expect(watchedSessions(convoyAfter(...events, mayorReported(), ...finalPassDone()))).toEqual([
    holder(1),
    holder(2),
  ]);
});
