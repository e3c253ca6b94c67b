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
import { renewLease } from './renew-lease.ts';

const held = [opened(), created(1), slung(1), leased(1)];
const until = '2030-01-01T02:00:00.000Z';
const renewal = { bead: 1, session: holder(1), runner: 'here', until };

test('its holder prolongs a lease, on whatever runner it is now', () => {
  givenConvoy(...held)
    .when((state) => renewLease(state, { ...renewal, runner: 'there' }))
    .thenEvents({ type: 'LeaseRenewed', data: { bead: 1, attempt: 1, until, runner: 'there' } });
});

test('who was given up on, or has closed the bead, holds nothing to prolong', () => {
  for (const end of [released(1), closed(1)]) {
    givenConvoy(...held, end)
      .when((state) => renewLease(state, renewal))
      .thenRefused('not-the-holder');
  }
});
