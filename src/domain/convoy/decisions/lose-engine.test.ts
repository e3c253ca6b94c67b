import { expect, test } from 'vitest';
import { created, leased, mayorStarted, opened, slung } from '../../../testing/convoy/convoy-events.ts';
import { convoyAfter, givenConvoy } from '../../../testing/given-when-then.ts';
import type { NewEvent } from '../../event.ts';
import { nextSteps } from '../next-steps.ts';
import { loseEngine, regainEngine } from './lose-engine.ts';

const lost: NewEvent = { type: 'EngineLost', data: { reason: 'It is gone.' } };
const returned: NewEvent = { type: 'EngineReturned', data: {} };
const cancelled: NewEvent = { type: 'ConvoyCancelled', data: { by: 'ada', reason: 'no' } };

test('an engine is lost once, and comes back once', () => {
  givenConvoy(opened())
    .when((state) => loseEngine(state, 'It is gone.'))
    .thenEvents(lost);
  givenConvoy(opened(), lost)
    .when((state) => loseEngine(state, 'It is gone.'))
    .thenRefused('engine-lost');
  givenConvoy(opened(), lost).when(regainEngine).thenEvents(returned);
  givenConvoy(opened(), lost, returned).when(regainEngine).thenRefused('engine-answers');
});

test('a convoy that has ended waits for no engine', () => {
  givenConvoy(opened(), cancelled)
    .when((state) => loseEngine(state, 'It is gone.'))
    .thenRefused('convoy-ended');
});

test('what needs a container waits for the engine, the rest goes on', () => {
  const busy = [opened(), mayorStarted(), created(1), created(2), slung(1), slung(2), leased(1)];
  const kinds = (...events: readonly NewEvent[]): string[] =>
    nextSteps(convoyAfter(...events)).map(({ kind }) => kind);
  expect(kinds(...busy)).toEqual(['mayor', 'hand-out', 'polecat']);
  expect(kinds(...busy, lost)).toEqual(['mayor', 'hand-out']);
  expect(kinds(...busy, lost, returned)).toEqual(['mayor', 'hand-out', 'polecat']);
});
