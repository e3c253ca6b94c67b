import { test } from 'vitest';
import {
  closed,
  created,
  landed,
  leased,
  opened,
  quarantined,
  slung,
} from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { slingBead } from './sling-bead.ts';

const order = { bead: 1, topic: ' ground ' };
const two = [opened(), created(1), created(2, [1])];

test('a bead is ordered under a topic', () => {
  givenConvoy(...two)
    .when((state) => slingBead(state, order))
    .thenEvents({ type: 'BeadSlung', data: { bead: 1, topic: 'ground' } });
});

test('a bead whose needs have not landed can be ordered: it is a standing order', () => {
  givenConvoy(...two)
    .when((state) => slingBead(state, { bead: 2, topic: '' }))
    .thenEvents({ type: 'BeadSlung', data: { bead: 2, topic: 'Part 2' } });
});

test('an order is given once', () => {
  givenConvoy(...two, slung(1))
    .when((state) => slingBead(state, order))
    .thenRefused('bead-slung');
});

test('what is taken, done, landed or in quarantine is refused by its name', () => {
  const taken = [...two, slung(1), leased(1)];
  givenConvoy(...taken)
    .when((state) => slingBead(state, order))
    .thenRefused('bead-in_progress');
  givenConvoy(...taken, closed(1))
    .when((state) => slingBead(state, order))
    .thenRefused('bead-closed');
  givenConvoy(...taken, closed(1), landed(1))
    .when((state) => slingBead(state, order))
    .thenRefused('bead-landed');
  givenConvoy(...two, slung(1), quarantined(1))
    .when((state) => slingBead(state, order))
    .thenRefused('bead-blocked');
});

test('an unknown bead is refused', () => {
  givenConvoy(...two)
    .when((state) => slingBead(state, { bead: 5, topic: '' }))
    .thenRefused('bead-unknown');
});
