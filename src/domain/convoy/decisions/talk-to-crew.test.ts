import { expect, test } from 'vitest';
import { base, commit, opened, sessionId } from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import type { NewEvent } from '../../event.ts';
import { nextSteps } from '../next-steps.ts';
import { landCrew, orderCrew } from './talk-to-crew.ts';

const name = 'ada';
const order = opened({ kind: 'crew' });
const asked: NewEvent = { type: 'CrewAsked', data: { name, by: 'ben', text: 'Make it faster.' } };
const started: NewEvent = { type: 'CrewStarted', data: { name, session: sessionId(5), base } };
const housed: NewEvent = { type: 'CrewHoused', data: { name, from: base } };
const kept: NewEvent = { type: 'CrewWorkKept', data: { name, commit: commit('b'), files: 2 } };
const answered: NewEvent = { type: 'CrewAnswered', data: { name, text: 'It is faster.' } };
const talk = [order, asked, started, housed, kept, answered];
const steps = (...events: readonly NewEvent[]) => nextSteps(convoyAfter(...events)).map(({ key }) => key);

test('an order of the kind crew waits for people to talk; who is asked answers, and is looked after until its container is gone', () => {
  expect(steps(order)).toEqual([]);
  expect(steps(order, asked)).toEqual(['crew ada']);
  expect(steps(...talk)).toEqual(['crew ada']);
  expect(steps(...talk, { type: 'CrewRested', data: { name } })).toEqual([]);
});

test('a member is asked by name, or the one that is meant where none is named', () => {
  givenConvoy(order)
    .when((state) => orderCrew(state, { by: 'ben', argument: 'ada: Make it faster.' }))
    .thenEvents(asked);
  givenConvoy(order)
    .when((state) => orderCrew(state, { by: 'ben', argument: 'Why?' }))
    .thenEvents({ type: 'CrewAsked', data: { name: 'crew', by: 'ben', text: 'Why?' } });
  givenConvoy(order)
    .when((state) => orderCrew(state, { by: 'ben', argument: ' ' }))
    .thenRefused('question-missing');
});

test('what a member made becomes a bead that is closed with its branch as the evidence', () => {
  const about = { bead: 1, attempt: 1, session: sessionId(5) };
  givenConvoy(...talk)
    .when((state) => orderCrew(state, { by: 'ben', argument: 'ada land' }))
    .thenEvents(
      {
        type: 'BeadCreated',
        data: {
          bead: 1,
          title: 'What ada made: Make it faster.',
          description: 'ben asked: Make it faster.',
          acceptance: 'It does what was asked for, and the verification passes.',
          needs: [],
        },
      },
      { type: 'BeadSlung', data: { bead: 1, topic: 'crew ada' } },
      {
        type: 'LeaseGranted',
        data: { ...about, runner: 'crew', until: '2030-01-01T00:00:00.000Z', from: base },
      },
      {
        type: 'BeadClosed',
        data: { ...about, outcome: { kind: 'change', commit: commit('b'), base, files: 2 } },
      },
      { type: 'CrewLanded', data: { name, bead: 1, commit: commit('b') } },
    );
});

test('it is integrated as any other, and the same work is not landed twice', () => {
  const landing = landCrew(convoyAfter(...talk), { name, by: 'ben' });
  const events = landing.accepted ? landing.events : [];
  expect(steps(...talk, ...events)).toEqual(['crew ada', 'refinery']);
  givenConvoy(...talk, ...events)
    .when((state) => landCrew(state, { name, by: 'ben' }))
    .thenRefused('nothing-to-land');
});

test('nobody is landed who is unknown, still at work, or has changed nothing', () => {
  const land = (...events: readonly NewEvent[]) =>
    givenConvoy(...events).when((state) => landCrew(state, { name, by: 'ben' }));
  land(order).thenRefused('crew-unknown');
  land(order, asked, started, kept).thenRefused('crew-at-work');
  land(order, asked, started, answered).thenRefused('nothing-to-land');
});
