import { expect, test } from 'vitest';
import {
  commit,
  created,
  landed,
  mayorReported,
  mayorStarted,
  opened,
  pullRequestOpened,
  settings,
  slung,
  verified,
  worked,
} from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import type { NewEvent } from '../event.ts';
import { isAutoMergeDue, isMarkDue, isUpdateDue, pullRequestAwaitsApproval } from './pull-request-due.ts';

const head = commit('c');
const base = commit('e');
const upTo = (change: Parameters<typeof opened>[0]): NewEvent[] => [
  opened(change),
  mayorStarted(),
  created(1),
  slung(1),
  mayorReported(),
  ...worked(1),
  verified([1], head),
  landed(1, head),
  pullRequestOpened(head),
];
const shown = upTo({});
const listed = (hash: string | null, at = head): NewEvent => ({
  type: 'OwnChecksListed',
  data: {
    commit: at,
    hash,
    changes: hash === null ? [] : [{ path: 'Makefile', what: 'configures the checks' }],
  },
});
const review = (by: string, verdict: 'approved' | 'changes_requested' | 'commented', id = 1): NewEvent => ({
  type: 'ReviewReceived',
  data: { review: id, by, verdict, body: '', comments: [], bead: null },
});

test('a pull request that shows all there is needs nothing', () => {
  expect(isUpdateDue(convoyAfter(...shown))).toBe(false);
  expect(isUpdateDue(convoyAfter(...shown, listed(null)))).toBe(false);
});

test('it is a draft for as long as changed checks wait for a person', () => {
  const waits = [...shown, listed('abc')];
  expect(pullRequestAwaitsApproval(convoyAfter(...waits))).toBe(true);
  expect(isMarkDue(convoyAfter(...waits))).toBe(true);
  const marked: NewEvent[] = [...waits, { type: 'PullRequestMarked', data: { number: 20, as: 'draft' } }];
  expect(isMarkDue(convoyAfter(...marked))).toBe(false);
  const approved: NewEvent[] = [...marked, { type: 'ChangeApproved', data: { hash: 'abc', by: 'ada' } }];
  expect(isMarkDue(convoyAfter(...approved))).toBe(true);
  expect(pullRequestAwaitsApproval(convoyAfter(...approved, listed('abd')))).toBe(true);
});

test('what others committed is taken in, and waits no more once it was, or could not be', () => {
  const moved: NewEvent = { type: 'BaseMoved', data: { branch: 'main', commit: base } };
  const caught = (how: 'taken' | 'conflict', seen: string | null = base): NewEvent => ({
    type: 'CaughtUp',
    data: { with: 'base', branch: 'main', commit: base, seen, how },
  });
  expect(isUpdateDue(convoyAfter(...shown, moved))).toBe(true);
  expect(convoyAfter(...shown, moved, caught('taken'))).toMatchObject({
    baseCommit: base,
    incoming: { base: null },
    leftBehind: { base: null },
  });
  const left = convoyAfter(...shown, moved, caught('conflict'));
  expect(left).toMatchObject({ incoming: { base: null }, leftBehind: { base: { commit: base } } });
  expect(isUpdateDue(left)).toBe(false);
  const later: NewEvent = { type: 'BaseMoved', data: { branch: 'main', commit: commit('f') } };
  expect(isUpdateDue(convoyAfter(...shown, moved, later, caught('taken', base)))).toBe(true);
  const asked: NewEvent = { type: 'RefineAsked', data: { by: 'ada', guidance: '' } };
  expect(isUpdateDue(convoyAfter(...shown, moved, caught('conflict'), asked))).toBe(true);
});

test('GitHub is told to merge by itself only where the config says so, and what is shown is approved', () => {
  const auto = upTo({ settings: { ...settings, merge: 'auto' } });
  const due = (...events: readonly NewEvent[]): boolean => isAutoMergeDue(convoyAfter(...auto, ...events));
  expect(due()).toBe(false);
  expect(due(review('ben', 'approved'))).toBe(true);
  expect(isAutoMergeDue(convoyAfter(...shown, review('ben', 'approved')))).toBe(false);
  expect(due(review('ben', 'approved'), review('eve', 'changes_requested', 2))).toBe(false);
  expect(due(review('ben', 'approved'), review('ben', 'changes_requested', 2))).toBe(false);
  expect(due(review('ben', 'approved'), review('ben', 'commented', 2))).toBe(true);
  expect(due(review('ben', 'approved'), listed('abc'))).toBe(false);
  const newer = [
    verified([], commit('d')),
    { type: 'PullRequestUpdated', data: { number: 20, sha: commit('d') } },
  ] as const;
  expect(due(review('ben', 'approved'), ...newer)).toBe(false);
});

const lessons = (hash: string): NewEvent => ({
  type: 'LessonsWritten',
  data: { commit: head, hash, lessons: [{ bead: 1, text: 'Run make gen first.' }] },
});

test('with merge: auto the lessons wait for a person: it is a draft, and GitHub is told nothing, until they are approved', () => {
  const auto = upTo({ settings: { ...settings, merge: 'auto' } });
  const written = [...auto, lessons('abc'), review('ben', 'approved')];
  expect(pullRequestAwaitsApproval(convoyAfter(...written))).toBe(true);
  expect(isAutoMergeDue(convoyAfter(...written))).toBe(false);
  const approved: NewEvent = { type: 'ChangeApproved', data: { hash: 'abc', by: 'ada' } };
  expect(isAutoMergeDue(convoyAfter(...written, approved))).toBe(true);
  expect(pullRequestAwaitsApproval(convoyAfter(...written, approved, lessons('abd')))).toBe(true);
  expect(pullRequestAwaitsApproval(convoyAfter(...shown, lessons('abc')))).toBe(false);
});
