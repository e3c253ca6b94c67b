import { expect, test } from 'vitest';
import { created, opened } from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import { estimatePlan } from './estimate-plan.ts';

const beads = [
  ...convoyAfter(opened(), created(1), created(2, [1]), created(3, [2]), created(4)).beads.values(),
];
const took = (usd: number, minutes: number) => ({ usd, minutes });

test('without anything to go by there is no figure', () => {
  expect(estimatePlan(beads, 2, [])).toEqual({ beads: 4, chain: 3, usd: null, minutes: null, from: 0 });
});

test('the median bead counts, as often as there are beads and as long as the longest chain', () => {
  const experience = [took(1, 10), took(2, 20), took(90, 900)];
  expect(estimatePlan(beads, 5, experience)).toMatchObject({ usd: 8, minutes: 60, from: 3 });
  expect(estimatePlan(beads, 5, experience.slice(0, 2))).toMatchObject({ usd: 6, minutes: 45 });
});

test('few polecats take longer than the longest chain', () => {
  expect(estimatePlan(beads, 1, [took(1, 10)])).toMatchObject({ minutes: 40 });
  expect(estimatePlan(beads.toReversed(), 1, [took(1, 10)])).toMatchObject({ chain: 3 });
});
