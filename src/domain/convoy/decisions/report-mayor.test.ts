import { test } from 'vitest';
import { mayorReported, mayorStarted, opened, sessionId } from '../../../testing/convoy/convoy-events.ts';
import { givenConvoy } from '../../../testing/given-when-then.ts';
import { reportMayor, startMayor } from './report-mayor.ts';

test('a convoy has one Mayor', () => {
  givenConvoy(opened())
    .when((state) => startMayor(state, sessionId(1)))
    .thenEvents(mayorStarted(1));
  givenConvoy(opened(), mayorStarted(1))
    .when((state) => startMayor(state, sessionId(2)))
    .thenRefused('mayor-at-work');
});

test('the Mayor reports once, and nobody else for it', () => {
  const word = mayorReported(1).data;
  givenConvoy(opened(), mayorStarted(1))
    .when((state) => reportMayor(state, word))
    .thenEvents(mayorReported(1));
  givenConvoy(opened(), mayorStarted(1), mayorReported(1))
    .when((state) => reportMayor(state, word))
    .thenRefused('mayor-reported');
  givenConvoy(opened(), mayorStarted(2))
    .when((state) => reportMayor(state, word))
    .thenRefused('not-the-mayor');
  givenConvoy(opened())
    .when((state) => reportMayor(state, word))
    .thenRefused('not-the-mayor');
});
