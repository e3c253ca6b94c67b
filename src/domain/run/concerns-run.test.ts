import { expect, test } from 'vitest';
import {
  closed,
  created,
  landed,
  leased,
  released,
  sessionId,
  slung,
  verified,
} from '../../testing/convoy/convoy-events.ts';
import type { NewEvent } from '../event.ts';
import { concernsRun } from './concerns-run.ts';

const noted: NewEvent = { type: 'BeadNoted', data: { bead: 2, note: 'Mind the gap.' } };
const nudged: NewEvent = {
  type: 'WitnessFound',
  data: {
    rule: 'looping',
    action: 'nudge',
    bead: 2,
    session: sessionId(201),
    detail: 'It goes round in circles.',
  },
};
const spent: NewEvent = {
  type: 'BudgetSpent',
  data: {
    bead: 2,
    role: 'polecat',
    session: sessionId(201),
    model: 'm',
    inputTokens: 1,
    outputTokens: 1,
    usd: 0,
  },
};

test.each<[string, NewEvent]>([
  ['a note', noted],
  ['the Witness’s word', nudged],
  ['its bead given to it', leased(2)],
  ['its bead taken from it', released(2)],
  ['its bead closed', closed(2)],
  ['more budget', { type: 'BudgetRaised', data: { usd: 5, by: 'ada' } }],
  ['the convoy’s end', { type: 'ConvoyCancelled', data: { by: 'ada', reason: 'enough' } }],
])('a run must soon hear of %s', (_, event) => {
  expect(concernsRun(event, 2)).toBe(true);
});

test.each<[string, NewEvent]>([
  ['the same of another bead', released(3)],
  ['its own spending', spent],
  ['its order', slung(2)],
  ['its own start', { type: 'RunStarted', data: { bead: 2, run: 7 } }],
  ['its own end', { type: 'RunEnded', data: { bead: 2, run: 7, how: 'success' } }],
  ['another bead’s landing', landed(1)],
  ['a verified head', verified([1])],
  ['another new bead', created(5)],
])('a run can wait for %s', (_, event) => {
  expect(concernsRun(event, 2)).toBe(false);
});
