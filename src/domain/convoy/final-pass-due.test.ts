import { expect, test } from 'vitest';
import {
  commit,
  created,
  finalPassDone,
  landed,
  opened,
  pullRequestOpened,
  slung,
  verified,
  worked,
} from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import type { NewEvent } from '../event.ts';
import { askedOfPass, isFinalPassDue, isPassAsked, passFor } from './final-pass-due.ts';

const asked = (guidance: string): NewEvent => ({ type: 'RefineAsked', data: { by: 'ada', guidance } });
const lands = (bead: number, head: string): NewEvent[] => [
  ...worked(bead),
  verified([bead], head),
  landed(bead, head),
];
const one = [opened(), created(1), created(2), slung(1), slung(2), ...lands(1, commit('c'))];

test('the Refinery looks over the whole once, and again each time that someone asks', () => {
  expect(isFinalPassDue(convoyAfter(...one))).toBe(true);
  const seen = [...one, ...finalPassDone(8)];
  expect(isFinalPassDue(convoyAfter(...seen))).toBe(false);
  expect(isFinalPassDue(convoyAfter(...seen, asked('look at the names')))).toBe(true);
  expect(isFinalPassDue(convoyAfter(...seen, asked(''), asked(''), ...finalPassDone(9)))).toBe(false);
});

test('a look that came early is the only one, unless more has landed since', () => {
  const early = [...one, asked('names'), ...finalPassDone(8)];
  expect(isFinalPassDue(convoyAfter(...early))).toBe(false);
  const more = [...early, ...lands(2, commit('d'))];
  expect(isFinalPassDue(convoyAfter(...more))).toBe(true);
  expect(isPassAsked(convoyAfter(...more))).toBe(false);
  expect(isFinalPassDue(convoyAfter(...more, pullRequestOpened(commit('d'))))).toBe(false);
});

test('what is asked for while a look goes on is left to the next one', () => {
  const [starts, reports] = finalPassDone(8);
  const going = [...one, asked('names'), starts, asked('types')];
  const own = starts.data.session;
  expect(askedOfPass(convoyAfter(...going), own).map(({ guidance }) => guidance)).toEqual(['names']);
  expect(passFor(convoyAfter(...going), 1)).toBeNull();
  const after = convoyAfter(...going, reports);
  expect(passFor(after, 1)).toMatchObject({ session: own, verdict: 'LANDED' });
  expect(passFor(after, 2)).toBeNull();
  expect(isPassAsked(after)).toBe(true);
  const [again] = finalPassDone(9);
  const next = convoyAfter(...going, reports, again);
  expect(askedOfPass(next, again.data.session).map(({ guidance }) => guidance)).toEqual(['types']);
});
