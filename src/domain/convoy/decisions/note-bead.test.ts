import { test } from 'vitest';
import { closed, created, landed, leased, opened, slung } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { noteLengthMax } from '../limits.ts';
import { noteBead } from './note-bead.ts';

test('a note is added whatever became of the bead', () => {
  givenConvoy(opened(), created(1), slung(1), leased(1), closed(1), landed(1))
    .when((state) => noteBead(state, { bead: 1, text: ' It works. \n' }))
    .thenEvents({ type: 'BeadNoted', data: { bead: 1, note: 'It works.' } });
});

test.each([
  ['note-empty', 1, ' \n '],
  ['note-too-long', 1, 'x'.repeat(noteLengthMax + 1)],
  ['bead-unknown', 2, 'hello'],
])('%s', (rule, bead, text) => {
  givenConvoy(opened(), created(1))
    .when((state) => noteBead(state, { bead, text }))
    .thenRefused(rule);
});
