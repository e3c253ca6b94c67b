import { test } from 'vitest';
import {
  closed,
  created,
  landed,
  leased,
  opened,
  returned,
  slung,
} from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { returnBead } from './return-bead.ts';

const done = [opened(), created(1), slung(1), leased(1), closed(1)];
const sent = { bead: 1, reason: 'red', output: '1 failed' };

test('a closed bead goes back with the output that shows why', () => {
  givenConvoy(...done)
    .when((state) => returnBead(state, sent))
    .thenEvents(returned(1));
});

test('the last attempt allowed is quarantined in the same append', () => {
  const again = [
    ...done,
    returned(1),
    leased(1, 2),
    closed(1, 2),
    returned(1, 2),
    leased(1, 3),
    closed(1, 3),
  ];
  givenConvoy(...again)
    .when((state) => returnBead(state, sent))
    .thenEvents(returned(1, 3), {
      type: 'BeadQuarantined',
      data: { bead: 1, reason: '3 attempts came to nothing; the last: red' },
    });
});

test('what has landed stays landed', () => {
  givenConvoy(...done, landed(1))
    .when((state) => returnBead(state, sent))
    .thenRefused('no-such-transition');
});

test('what is not closed can not be sent back', () => {
  givenConvoy(opened(), created(1), slung(1), leased(1))
    .when((state) => returnBead(state, sent))
    .thenRefused('no-such-transition');
});
