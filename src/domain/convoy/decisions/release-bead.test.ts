import { expect, test } from 'vitest';
import {
  closed,
  created,
  holder,
  leased,
  opened,
  released,
  returned,
  slung,
} from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import { releaseBead } from './release-bead.ts';

const start = [opened(), created(1), slung(1)];
const release = (attempt: number) => ({
  bead: 1,
  session: holder(1, attempt),
  reason: 'it stopped',
  summary: 'Half done.',
});

test('an attempt that came to nothing gives the bead back, with what the next one should know', () => {
  givenConvoy(...start, leased(1))
    .when((state) => releaseBead(state, release(1)))
    .thenEvents(released(1));
  const bead = convoyAfter(...start, leased(1), released(1)).beads.get(1);
  expect(bead).toMatchObject({
    status: 'open',
    slung: true,
    lease: null,
    attempts: 1,
    failures: [{ attempt: 1, how: 'released', reason: 'it stopped', detail: 'Half done.' }],
  });
});

test('the third attempt that comes to nothing puts it into quarantine, in the same append', () => {
  givenConvoy(...start, leased(1), released(1), leased(1, 2), released(1, 2), leased(1, 3))
    .when((state) => releaseBead(state, release(3)))
    .thenEvents(released(1, 3), {
      type: 'BeadQuarantined',
      data: { bead: 1, reason: '3 attempts came to nothing; the last: it stopped' },
    });
});

test('attempts that the Refinery sent back count as well', () => {
  const sentBack = [...start, leased(1), closed(1), returned(1), leased(1, 2), closed(1, 2), returned(1, 2)];
  givenConvoy(...sentBack, leased(1, 3))
    .when((state) => releaseBead(state, release(3)))
    .thenEvents(released(1, 3), {
      type: 'BeadQuarantined',
      data: { bead: 1, reason: '3 attempts came to nothing; the last: it stopped' },
    });
});

test('only the holder releases', () => {
  givenConvoy(...start, leased(1))
    .when((state) => releaseBead(state, release(2)))
    .thenRefused('not-the-holder');
  givenConvoy(...start)
    .when((state) => releaseBead(state, release(1)))
    .thenRefused('no-such-transition');
});
