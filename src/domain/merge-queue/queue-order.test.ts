import { expect, test } from 'vitest';
import type { Bead } from '../bead/bead.ts';
import { queueOrder } from './queue-order.ts';

const closed = (number: number, closedAtVersion: number, needs: readonly number[] = []): Bead => ({
  number,
  title: `bead ${number}`,
  description: '',
  acceptance: '',
  needs,
  createdBy: 'mayor',
  status: 'closed',
  since: '2030-01-01T00:00:00.000Z',
  slung: true,
  topic: '',
  notes: [],
  attempts: 1,
  lease: null,
  failures: [],
  outcome: { kind: 'change', commit: '1'.repeat(40), base: '2'.repeat(40), files: 1 },
  closedBy: null,
  closedAtVersion,
  landedAs: null,
  held: null,
  blockedBecause: null,
  quarantined: false,
});

const order = (...beads: readonly Bead[]): readonly number[] =>
  queueOrder(new Map(beads.map((bead) => [bead.number, bead]))).map((bead) => bead.number);

test('the longest closed comes first', () => {
  expect(order(closed(1, 30), closed(2, 10), closed(3, 20))).toEqual([2, 3, 1]);
});

test('what is needed comes before what needs it, however old', () => {
  expect(order(closed(1, 10, [3]), closed(2, 20), closed(3, 30))).toEqual([3, 1, 2]);
});

test('only beads with a change that has not landed are in it', () => {
  const landed = { ...closed(1, 1), landedAs: '3'.repeat(40) };
  const open: Bead = { ...closed(2, 2), status: 'open' };
  const none: Bead = { ...closed(3, 3), outcome: { kind: 'no-changes', reason: 'was there' } };
  expect(order(landed, open, none, closed(4, 4))).toEqual([4]);
});
