import { expect, test } from 'vitest';
import { recordEvents } from '../../testing/events/record-events.ts';
import type { NewEvent } from '../event.ts';
import { healthFold } from './session-health.ts';

const usage = { inputTokens: 90, cachedInputTokens: 0, outputTokens: 10, estimated: false };
let calls = 0;

/** A turn whose calls answer what they are given to answer. */
function turn(...answered: readonly (readonly [call: string, result: string])[]): readonly NewEvent[] {
  const toolCalls = answered.map(([args]) => {
    calls += 1;
    return { id: `call-${calls}`, name: 'shell', arguments: args };
  });
  return [
    {
      type: 'ModelReplied',
      data: {
        turn: 1,
        model: 'm',
        text: '',
        reasoning: '',
        toolCalls,
        finish: toolCalls.length > 0 ? 'tool-calls' : 'stop',
        usage,
        latencyMs: 1,
      },
    },
    ...toolCalls.map(
      ({ id }, index): NewEvent => ({
        type: 'ToolFinished',
        data: { callId: id, name: 'shell', result: answered[index]?.[1] ?? '', failed: false },
      }),
    ),
  ];
}

const stream = 'session/s';
const healthAfter = (...events: readonly NewEvent[]) =>
  recordEvents(events.map((event) => ({ stream, actor: 'test', event }))).reduce(
    healthFold.evolve,
    healthFold.initial(stream),
  );

test('turns that repeat earlier ones are counted, whatever the order of their calls', () => {
  const both = turn(['ls', 'a'], ['pwd', '/']);
  const turned = turn(['pwd', '/'], ['ls', 'a']);
  expect(healthAfter(...both, ...turned).repeats).toBe(1);
  expect(healthAfter(...both, ...turned, ...turn(['pwd', '/'], ['ls', 'a'])).repeats).toBe(2);
  expect(healthAfter(...both, ...turned, ...turn(['ls', 'b'])).repeats).toBe(0);
  expect(healthAfter(...turn(['ls', 'a']), ...turn(['ls', 'b']), ...turn(['ls', 'a'])).repeats).toBe(1);
  expect(healthAfter(...both, ...turned, ...turn()).repeats).toBe(0);
});

test('words from outside are not a sign of life', () => {
  const nudge: NewEvent = { type: 'SessionNudged', data: { text: 'Go on.', by: 'witness' } };
  const spoke = healthAfter(...turn(['ls', 'a']));
  expect(healthAfter(...turn(['ls', 'a']), nudge).heardAt).toBe(spoke.heardAt);
});

test('who is suspended waits until resumed; tokens are summed; the end is the end', () => {
  const suspended: NewEvent = {
    type: 'SessionSuspended',
    data: { callId: 'w', name: 'await_beads', waitingFor: null },
  };
  const resumed: NewEvent = { type: 'SessionResumed', data: { callId: 'w', result: '', failed: false } };
  const ended: NewEvent = { type: 'SessionEnded', data: { outcome: 'done', text: '', detail: '' } };
  expect(healthAfter(...turn(), suspended)).toMatchObject({ waits: true, tokens: 100, ended: false });
  expect(healthAfter(...turn(), suspended, resumed, ...turn(), ended)).toMatchObject({
    waits: false,
    tokens: 200,
    ended: true,
  });
});
