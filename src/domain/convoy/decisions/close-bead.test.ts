import { test } from 'vitest';
import {
  closed,
  created,
  holder,
  leased,
  opened,
  released,
  slung,
} from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { closeBead } from './close-bead.ts';

const held = [opened(), created(1), slung(1), leased(1)];
const { outcome } = closed(1).data;

test('its holder closes a bead with the evidence', () => {
  givenConvoy(...held)
    .when((state) => closeBead(state, { bead: 1, session: holder(1), outcome }))
    .thenEvents(closed(1));
});

test('a session that was given up on can not speak for the bead any more', () => {
  givenConvoy(...held, released(1), leased(1, 2))
    .when((state) => closeBead(state, { bead: 1, session: holder(1, 1), outcome }))
    .thenRefused('not-the-holder');
});

test('a bead that nobody holds is not closed, and none is closed twice', () => {
  givenConvoy(opened(), created(1), slung(1))
    .when((state) => closeBead(state, { bead: 1, session: holder(1), outcome }))
    .thenRefused('no-such-transition');
  givenConvoy(...held, closed(1))
    .when((state) => closeBead(state, { bead: 1, session: holder(1), outcome }))
    .thenRefused('no-such-transition');
});
