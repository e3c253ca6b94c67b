import { expect, test } from 'vitest';
import { closed, created, landed, leased, opened, slung } from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import { retryBead } from './retry-bead.ts';
import { withdrawBead } from './withdraw-bead.ts';

const withdrawal = { bead: 1, by: 'ada', reason: 'not needed' };
const taken = { type: 'BeadQuarantined', data: { bead: 1, reason: 'taken out by ada: not needed' } } as const;
const start = [opened(), created(1), slung(1)];

test('a person takes a bead out, also one that waits to land; its evidence does not stand any more', () => {
  givenConvoy(...start)
    .when((state) => withdrawBead(state, withdrawal))
    .thenEvents(taken);
  givenConvoy(...start, leased(1), closed(1))
    .when((state) => withdrawBead(state, withdrawal))
    .thenEvents(taken);
  expect(convoyAfter(...start, leased(1), closed(1), taken).beads.get(1)).toMatchObject({
    status: 'blocked',
    quarantined: true,
    outcome: null,
  });
});

test('not while it is being worked, and not what has landed', () => {
  givenConvoy(...start, leased(1))
    .when((state) => withdrawBead(state, withdrawal))
    .thenRefused('bead-at-work');
  givenConvoy(...start, leased(1), closed(1), landed(1))
    .when((state) => withdrawBead(state, withdrawal))
    .thenRefused('no-such-transition');
});

test('a person gives it new attempts, with guidance for the next one', () => {
  const again = { type: 'BeadUnblocked', data: { bead: 1 } } as const;
  givenConvoy(...start, taken)
    .when((state) => retryBead(state, { bead: 1, guidance: ' Use make. ' }))
    .thenEvents(again, { type: 'BeadNoted', data: { bead: 1, note: 'Use make.' } });
  givenConvoy(opened(), created(1), taken)
    .when((state) => retryBead(state, { bead: 1, guidance: '' }))
    .thenEvents(again, { type: 'BeadSlung', data: { bead: 1, topic: 'Part 1' } });
  givenConvoy(...start)
    .when((state) => retryBead(state, { bead: 1, guidance: '' }))
    .thenRefused('no-such-transition');
  const retried = convoyAfter(...start, taken, again).beads.get(1);
  expect(retried).toMatchObject({ status: 'open', quarantined: false, failures: [], blockedBecause: null });
});
