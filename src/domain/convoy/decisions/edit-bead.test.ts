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
import { editBead } from './edit-bead.ts';

const edit = { bead: 1, description: 'Do it well.' };

test('what is not named stays as it is', () => {
  givenConvoy(opened(), created(1))
    .when((state) => editBead(state, edit))
    .thenEvents({
      type: 'BeadEdited',
      data: { bead: 1, title: 'Part 1', description: 'Do it well.', acceptance: '1 works.' },
    });
});

test('a bead in quarantine may be told better', () => {
  givenConvoy(opened(), created(1), slung(1), quarantined(1))
    .when((state) => editBead(state, edit))
    .thenEvents({
      type: 'BeadEdited',
      data: { bead: 1, title: 'Part 1', description: 'Do it well.', acceptance: '1 works.' },
    });
});

test('nobody changes the text under a worker, nor of what is done', () => {
  const taken = [opened(), created(1), slung(1), leased(1)];
  givenConvoy(...taken)
    .when((state) => editBead(state, edit))
    .thenRefused('bead-taken');
  givenConvoy(...taken, closed(1))
    .when((state) => editBead(state, edit))
    .thenRefused('bead-taken');
  givenConvoy(...taken, closed(1), landed(1))
    .when((state) => editBead(state, edit))
    .thenRefused('bead-taken');
});

test('the text has the limits of a new one', () => {
  givenConvoy(opened(), created(1))
    .when((state) => editBead(state, { bead: 1, title: ' ' }))
    .thenRefused('title-missing');
});
