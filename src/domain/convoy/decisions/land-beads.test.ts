import { test } from 'vitest';
import {
  base,
  closedWithoutChange,
  commit,
  created,
  holder,
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

test('an order that only waited for what lands is handed out in the same append, from the new head', () => {
  const until = '2030-01-01T01:00:00.000Z';
  const taker = { runner: 'here', until, sessions: [holder(3), holder(4)] };
  const waiting = [created(3, [1]), created(4, [1, 2]), created(5, [1, 4]), created(6, [1])];
  const events = [...queue, ...waiting, slung(3), slung(4), slung(5)];
  const both = [verified([2, 1], commit('c')), landed(2, commit('e')), landed(1, commit('c'))];
  givenConvoy(...events)
    .when((state) => landBeads(state, { ...landing, taker }))
    .thenEvents(...both, leased(3, 1, commit('c')), leased(4, 1, commit('c')));
  // No more than there are places, and none while the convoy is paused.
  givenConvoy(...events, { type: 'ConvoyPaused', data: { by: 'ada' } })
    .when((state) => landBeads(state, { ...landing, taker }))
    .thenEvents(...both);
  givenConvoy(...events, created(7), slung(7), leased(7))
    .when((state) => landBeads(state, { ...landing, taker }))
    .thenEvents(...both, leased(3, 1, commit('c')));
});
