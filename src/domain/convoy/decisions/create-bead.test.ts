import { expect, test } from 'vitest';
import { created, opened } from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import { beadCountMax, beadTextLengthMax, beadTitleLengthMax } from '../limits.ts';
import { createBead } from './create-bead.ts';

const bead = { title: ' Part 2 ', description: 'Do 2.', acceptance: '2 works.', needs: [] as number[] };

test('beads are numbered as they come; needs are kept once each, in order', () => {
  givenConvoy(opened(), created(1), created(2))
    .when((state) => createBead(state, { ...bead, needs: [2, 1, 2] }))
    .thenEvents({ type: 'BeadCreated', data: { ...bead, title: 'Part 2', bead: 3, needs: [1, 2] } });
});

test.each([
  ['need-unknown', { needs: [2] }],
  ['title-missing', { title: ' \t' }],
  ['title-too-long', { title: 'x'.repeat(beadTitleLengthMax + 1) }],
  ['text-too-long', { description: 'x'.repeat(beadTextLengthMax) }],
])('%s', (rule, change) => {
  givenConvoy(opened(), created(1))
    .when((state) => createBead(state, { ...bead, ...change }))
    .thenRefused(rule);
});

test('a convoy holds as many beads as GitHub holds sub-issues', () => {
  const full = Array.from({ length: beadCountMax }, (_, index) => created(index + 1));
  givenConvoy(opened(), ...full)
    .when((state) => createBead(state, bead))
    .thenRefused('too-many-beads');
  expect(createBead(convoyAfter(opened(), ...full.slice(1)), bead).accepted).toBe(true);
});

test('there is no bead without a convoy, nor after its end', () => {
  givenConvoy()
    .when((state) => createBead(state, bead))
    .thenRefused('convoy-unknown');
  givenConvoy(opened(), { type: 'ConvoyFailed', data: { reason: 'no' } })
    .when((state) => createBead(state, bead))
    .thenRefused('convoy-ended');
});
