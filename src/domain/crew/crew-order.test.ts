import { expect, test } from 'vitest';
import { readCrewOrder } from './crew-order.ts';

test.each([
  ['why is it slow?', { kind: 'ask', name: 'crew', text: 'why is it slow?' }],
  ['ada: why is it slow?', { kind: 'ask', name: 'ada', text: 'why is it slow?' }],
  ['Ada: look at a: b', { kind: 'ask', name: 'ada', text: 'look at a: b' }],
  ['ada land', { kind: 'land', name: 'ada' }],
  ['land', { kind: 'land', name: 'crew' }],
  ['land the plane now', { kind: 'ask', name: 'crew', text: 'land the plane now' }],
  ['how:so', { kind: 'ask', name: 'crew', text: 'how:so' }],
])('/crew %s', (argument, order) => {
  expect(readCrewOrder(argument)).toEqual(order);
});
