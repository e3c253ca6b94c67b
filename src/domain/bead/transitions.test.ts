import { expect, test } from 'vitest';
import { created, landed, opened, slung, worked } from '../../testing/convoy/convoy-events.ts';
import { convoyAfter } from '../../testing/given-when-then.ts';
import { eventTypes } from '../event-types.ts';
import { standingOf, transitionFor, transitions } from './transitions.ts';

test('each row of the table is another one, about an event that exists', () => {
  const rows = transitions.map(({ from, event }) => `${from} ${event}`);
  expect(new Set(rows).size).toBe(rows.length);
  for (const { event, rule } of transitions) {
    expect(Object.keys(eventTypes)).toContain(event);
    expect(rule).not.toBe('');
  }
});

test('nothing but a new bead follows on what has landed', () => {
  expect(transitions.filter((row) => row.from === 'landed').map((row) => [row.event, row.to])).toEqual([
    ['BeadReopened', 'landed'],
  ]);
});

test('landed is told apart from closed', () => {
  const before = convoyAfter(opened(), created(1), slung(1), ...worked(1)).beads.get(1);
  const after = convoyAfter(opened(), created(1), slung(1), ...worked(1), landed(1)).beads.get(1);
  if (!before || !after) throw new Error('no bead');
  expect([standingOf(before), standingOf(after)]).toEqual(['closed', 'landed']);
  expect(transitionFor(before, 'BeadLanded')).toMatchObject({ from: 'closed', to: 'landed' });
  expect(transitionFor(after, 'BeadLanded')).toBeNull();
});
