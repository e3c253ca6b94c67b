import { test } from 'vitest';
import {
  closedWithoutChange,
  commit,
  created,
  holder,
  landed,
  leased,
  opened,
  released,
  slung,
  verified,
  worked,
} from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { grantLease } from './grant-lease.ts';

const request = (bead: number, attempt = 1) => ({
  bead,
  session: holder(bead, attempt),
  runner: 'here',
  until: '2030-01-01T01:00:00.000Z',
});
const two = [opened(), created(1), created(2, [1]), slung(1), slung(2)];

test('a ready bead is handed to a runner, from the verified head', () => {
  givenConvoy(...two)
    .when((state) => grantLease(state, request(1)))
    .thenEvents(leased(1));
});

test('there is one holder at a time', () => {
  givenConvoy(...two, leased(1))
    .when((state) => grantLease(state, request(1, 2)))
    .thenRefused('no-such-transition');
});

test('what needs a bead starts when that has landed, not when it is closed, and from the head that holds it', () => {
  givenConvoy(...two, ...worked(1))
    .when((state) => grantLease(state, request(2)))
    .thenRefused('bead-not-ready');
  givenConvoy(...two, ...worked(1), verified([1], commit('c')), landed(1))
    .when((state) => grantLease(state, request(2)))
    .thenEvents(leased(2, 1, commit('c')));
});

test('a need that was closed without a change holds nothing back', () => {
  givenConvoy(...two, leased(1), closedWithoutChange(1))
    .when((state) => grantLease(state, request(2)))
    .thenEvents(leased(2));
});

test('the next attempt counts on', () => {
  givenConvoy(...two, leased(1), released(1))
    .when((state) => grantLease(state, request(1, 2)))
    .thenEvents(leased(1, 2));
});

test('nothing is handed out that nobody ordered, or while the convoy is paused', () => {
  givenConvoy(opened(), created(1))
    .when((state) => grantLease(state, request(1)))
    .thenRefused('bead-not-ready');
  givenConvoy(...two, { type: 'ConvoyPaused', data: { by: 'ada' } })
    .when((state) => grantLease(state, request(1)))
    .thenRefused('convoy-paused');
});
