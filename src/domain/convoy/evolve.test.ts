import { deserialize, serialize } from 'node:v8';
import { expect, test } from 'vitest';
import {
  closed,
  closedWithoutChange,
  commit,
  created,
  finalPassDone,
  holder,
  landed,
  leased,
  mayorReported,
  mayorStarted,
  opened,
  pullRequestOpened,
  released,
  returned,
  sessionId,
  settings,
  slung,
  verificationFailed,
  verified,
} from '../../testing/convoy/convoy-events.ts';
import { recordEvents } from '../../testing/events/record-events.ts';
import { convoyAfter, foldOf } from '../../testing/given-when-then.ts';
import { evolveAll, type NewEvent } from '../event.ts';
import { convoyFold } from './evolve.ts';
import type { ConvoyState } from './state.ts';

const spent = (session: string, bead: number | null, usd: number): NewEvent => ({
  type: 'BudgetSpent',
  data: { session, role: 'polecat', model: 'small', bead, inputTokens: 100, outputTokens: 10, usd },
});
const effect = sessionId(7000);
const story: readonly NewEvent[] = [
  opened(),
  mayorStarted(),
  created(1),
  created(2, [1]),
  slung(1),
  slung(2),
  leased(1),
  { type: 'LeaseRenewed', data: { bead: 1, attempt: 1, until: '2030-01-01T02:00:00.000Z' } },
  { type: 'BeadNoted', data: { bead: 1, note: 'Half of it.' } },
  spent(holder(1), 1, 0.25),
  released(1),
  leased(1, 2),
  spent(holder(1, 2), 1, 0.5),
  closed(1, 2),
  mayorReported(),
  spent(sessionId(1), null, 1),
  { type: 'MergeConflicted', data: { bead: 1, onto: commit('a'), commit: commit('b'), paths: ['x'] } },
  verificationFailed([1]),
  returned(1, 2),
  leased(1, 3),
  closed(1, 3),
  verified([1]),
  landed(1),
  leased(2, 1, commit('c')),
  closedWithoutChange(2),
  { type: 'LessonLearned', data: { bead: 1, text: 'Run make first.' } },
  ...finalPassDone(),
  {
    type: 'EffectIntended',
    data: { effect, kind: 'status-comment', subject: 'convoy', detail: { issue: 12 } },
  },
  {
    type: 'EffectConfirmed',
    data: { effect, kind: 'status-comment', subject: 'convoy', receipt: { id: 5 } },
  },
  { type: 'CommandAccepted', data: { command: '/status', by: 'ada', comment: 77 } },
  pullRequestOpened(),
  {
    type: 'ReviewReceived',
    data: { review: 3, by: 'ada', verdict: 'approved', body: 'Fine.', comments: [], bead: null },
  },
];

test('a whole story folds into what it tells', () => {
  const convoy = convoyAfter(...story);
  expect(convoy).toMatchObject({
    stream: 'convoy/7/12',
    head: commit('c'),
    red: null,
    mayor: { session: sessionId(1), reported: { finished: true, report: 'All is ordered.' } },
    refinery: [{ session: sessionId(9), why: 'final', verdict: 'LANDED', report: 'It fits.' }],
    pullRequest: { number: 20, sha: commit('c') },
    paused: false,
    ended: null,
    spent: { inputTokens: 300, outputTokens: 30, usd: 1.75 },
    effects: [{ id: effect, kind: 'status-comment', status: 'confirmed', receipt: { id: 5 } }],
    lessons: [{ text: 'Run make first.' }],
    reviews: [{ review: 3, verdict: 'approved' }],
  });
  expect(convoy.spentByBead.get(1)).toEqual({ inputTokens: 200, outputTokens: 20, usd: 0.75 });
  expect(convoy.spentBySession.get(sessionId(1))).toMatchObject({ usd: 1 });
  expect(convoy.answeredComments).toEqual(new Set([77]));
});

test('a bead keeps what happened to it', () => {
  const { beads } = convoyAfter(...story);
  expect(beads.get(1)).toMatchObject({
    status: 'closed',
    attempts: 3,
    lease: null,
    landedAs: commit('c'),
    closedBy: holder(1, 3),
    outcome: { kind: 'change' },
    notes: [{ by: 'test', text: 'Half of it.' }],
    failures: [
      { attempt: 1, how: 'released', detail: 'Half done.' },
      { attempt: 2, how: 'returned', detail: '1 failed' },
    ],
  });
  expect(beads.get(2)).toMatchObject({
    status: 'closed',
    attempts: 1,
    landedAs: null,
    outcome: { kind: 'no-changes', reason: 'It is there already.' },
  });
});

test('what a bead was closed with does not stand any more once it was sent back', () => {
  const { beads } = convoyAfter(opened(), created(1), slung(1), leased(1), closed(1), returned(1));
  expect(beads.get(1)).toMatchObject({
    status: 'open',
    outcome: null,
    closedBy: null,
    closedAtVersion: null,
  });
});

test('the state survives being kept as a snapshot at any point, and goes on from there alike', () => {
  for (let upTo = 0; upTo <= story.length; upTo += 1) {
    const state = foldOf(convoyFold, story.slice(0, upTo));
    const kept: unknown = deserialize(serialize(state));
    expect(kept).toEqual(state);
  }
  const recorded = recordEvents(story.map((event) => ({ stream: 'convoy/7/12', actor: 'test', event })));
  const resumed = recorded.reduce<ConvoyState>(
    (state, event) => convoyFold.evolve(deserialize(serialize(state)), event),
    null,
  );
  expect(resumed).toEqual(convoyAfter(...story));
});

test('the fold leaves the state that it was given as it was', () => {
  const recorded = recordEvents(story.map((event) => ({ stream: 'convoy/7/12', actor: 'test', event })));
  recorded.reduce((state, event) => {
    const before = structuredClone(state);
    const next = convoyFold.evolve(state, event);
    expect(state).toEqual(before);
    return next;
  }, convoyFold.initial('convoy/7/12'));
});

test('many events at once give the state that they give one by one, and leave the one before as it was', () => {
  const recorded = recordEvents(story.map((event) => ({ stream: 'convoy/7/12', actor: 'test', event })));
  for (let first = 0; first <= story.length; first += 1) {
    const before = evolveAll(convoyFold, convoyFold.initial('convoy/7/12'), recorded.slice(0, first));
    const kept = structuredClone(before);
    expect(evolveAll(convoyFold, before, recorded.slice(first))).toEqual(convoyAfter(...story));
    expect(before).toEqual(kept);
  }
});

test('a convoy without a cap gets none by being given more', () => {
  const raised = { type: 'BudgetRaised', data: { by: 'ada', usd: 5 } } as const;
  expect(convoyAfter(opened(), raised).budgetUsd).toBeNull();
  const capped = opened({ settings: { ...settings, budgetUsd: 2 } });
  expect(convoyAfter(capped, raised).budgetUsd).toBe(7);
});

test('events about a bead that there is not, or before the order, change nothing', () => {
  expect(convoyAfter(opened(), slung(5)).beads.size).toBe(0);
  expect(foldOf(convoyFold, [created(1), slung(1)])).toBeNull();
});

test('a failed effect stays to be done, unless it failed for good', () => {
  const intended = story.find((event) => event.type === 'EffectIntended');
  if (!intended) throw new Error('no effect');
  const failed = (final: boolean): NewEvent => ({
    type: 'EffectFailed',
    data: { effect, kind: 'status-comment', subject: 'convoy', reason: '502', final },
  });
  expect(convoyAfter(opened(), intended, failed(false)).effects).toMatchObject([{ status: 'intended' }]);
  expect(convoyAfter(opened(), intended, failed(true)).effects).toMatchObject([{ status: 'failed' }]);
});
