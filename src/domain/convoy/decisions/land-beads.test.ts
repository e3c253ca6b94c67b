import { test } from 'vitest';
import {
  base,
  closedWithoutChange,
  commit,
  created,
  landed,
  leased,
  opened,
  slung,
  verification,
  verified,
  worked,
} from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { landBeads } from './land-beads.ts';

const queue = [opened(), created(1), created(2), slung(1), slung(2), ...worked(1), ...worked(2)];
const merged = [
  { bead: 2, commit: commit('e') },
  { bead: 1, commit: commit('c') },
];
const landing = { verification: verification([2, 1], commit('c'), 0), merged, onto: base };

test('the head moves and its beads land in one append, in the order they were merged', () => {
  givenConvoy(...queue)
    .when((state) => landBeads(state, landing))
    .thenEvents(verified([2, 1], commit('c')), landed(2, commit('e')), landed(1, commit('c')));
});

test('a candidate on an older head is refused', () => {
  givenConvoy(...queue)
    .when((state) => landBeads(state, { ...landing, onto: commit('9') }))
    .thenRefused('head-moved');
});

test('nothing lands twice, and nothing that is not in the queue', () => {
  givenConvoy(...queue, landed(1))
    .when((state) => landBeads(state, landing))
    .thenRefused('not-in-queue');
  givenConvoy(opened(), created(1), created(2), slung(1), leased(1), closedWithoutChange(1))
    .when((state) => landBeads(state, landing))
    .thenRefused('not-in-queue');
});
