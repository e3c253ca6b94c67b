import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type SessionSetup, sessionUnderTest } from '../testing/session-under-test.ts';
import { resumeSession } from './run-session.ts';
import { answer, defineTool } from './tool.ts';

let looks = 0;
const look = defineTool({
  name: 'look',
  description: 'look',
  parameters: z.object({ at: z.string() }),
  run: async ({ at }) => answer(at === 'clock' ? `tick ${looks++}` : `nothing at ${at}`),
});

const calls = (...places: string[]) => ({
  calls: places.map((at) => ({ name: 'look', arguments: { at } })),
});

async function outcomeOf(setup: SessionSetup) {
  const session = await sessionUnderTest({ ...setup, spec: { tools: [look], ...setup.spec } });
  const stop = await session.run();
  return { stop, session, types: session.events().map((event) => event.type) };
}

describe('a session ends, with the event that says why', () => {
  test('after as many turns as its role may take, warned before', async () => {
    const steps = ['a', 'b', 'c', 'd', 'e', 'f'].map((at) => calls(at));
    const { stop, session } = await outcomeOf({ steps, spec: { maxIterations: 5 } });
    expect(stop).toMatchObject({ status: 'ended', outcome: 'max-iterations' });
    expect(session.requests()).toBe(5);
    expect(JSON.stringify(session.sent[2]?.messages.at(-1))).toContain('3 turns left');
  });

  test('when it does the same again and again', async () => {
    const { stop, session } = await outcomeOf({ steps: Array.from({ length: 9 }, () => calls('a', 'b')) });
    expect(stop).toMatchObject({ status: 'ended', outcome: 'no-progress' });
    expect(session.requests()).toBe(5);
  });

  test('when it goes to and fro', async () => {
    const steps = Array.from({ length: 9 }, (_, turn) => calls(turn % 2 === 0 ? 'a' : 'b'));
    const { stop, session } = await outcomeOf({ steps });
    expect(stop).toMatchObject({ outcome: 'no-progress' });
    expect(session.requests()).toBe(6);
  });

  test('but not while the same call brings something new', async () => {
    const steps = [...Array.from({ length: 9 }, () => calls('clock')), { say: 'Done.' }];
    const { stop } = await outcomeOf({ steps });
    expect(stop).toMatchObject({ outcome: 'finished' });
  });

  test('when the model says the same over and over, twice', async () => {
    const { stop, session } = await outcomeOf({
      steps: [{ say: 'So.' }, { say: 'So.' }],
      rehearsal: { fault: () => ({ kind: 'endless', text: 'I will now begin. ' }) },
    });
    expect(stop).toMatchObject({ outcome: 'repetition' });
    expect(session.requests()).toBe(2);
    const cut = session.events().find((event) => event.type === 'ModelReplied');
    expect(cut?.data).toMatchObject({ finish: 'repetition', usage: { estimated: true } });
    expect(cut?.data.text.length).toBeLessThan(5_000);
  });

  test('when every model of its role declines', async () => {
    const { stop, session } = await outcomeOf({
      steps: [{ say: 'x' }],
      spec: { models: ['rehearsal-polecat', 'rehearsal-analyst'] },
      rehearsal: { fault: () => ({ kind: 'refusal', text: 'I would rather not.' }) },
    });
    expect(stop).toMatchObject({
      outcome: 'refused',
      detail: 'rehearsal-polecat, rehearsal-analyst declined to answer.',
    });
    expect(session.sent.map((request) => request.model)).toEqual(['rehearsal-polecat', 'rehearsal-analyst']);
  });

  test('when the only model declines', async () => {
    const { stop } = await outcomeOf({
      steps: [{ say: 'x' }],
      rehearsal: { fault: () => ({ kind: 'refusal', text: 'I would rather not.' }) },
    });
    expect(stop).toMatchObject({ outcome: 'refused', text: 'I would rather not.' });
  });

  test('when its answers are empty', async () => {
    const { stop, session } = await outcomeOf({ steps: [{}, {}, {}, {}] });
    expect(stop).toMatchObject({ outcome: 'no-progress' });
    expect(session.requests()).toBe(3);
  });

  test('when no model can be had', async () => {
    const { stop } = await outcomeOf({ steps: [], spec: { models: ['nobody'] } });
    expect(stop).toMatchObject({
      outcome: 'model-failed',
      detail: 'The endpoint has no model called nobody.',
    });
  });

  test('when its time is up, however little the tool heeds', async () => {
    const hangs = defineTool({
      name: 'look',
      description: 'look',
      parameters: z.object({ at: z.string() }),
      run: () => new Promise(() => null),
    });
    const { stop } = await outcomeOf({ steps: [calls('a')], spec: { tools: [hangs], wallClockMs: 300 } });
    expect(stop).toMatchObject({ outcome: 'wall-clock' });
  });
});

test('a role that must conclude is reminded once, and only then its answer ends the session', async () => {
  const reminder = 'Your bead is still open.';
  const { stop, session } = await outcomeOf({
    steps: [
      { say: 'I will begin.' },
      { ...calls('a'), expects: /still open/ },
      { say: 'Done!' },
      { say: 'Done.' },
    ],
    spec: { reminder },
  });
  expect(stop).toMatchObject({ outcome: 'finished', text: 'Done.' });
  expect(session.requests()).toBe(4);
});

test('a reminder that is asked for then says nothing when there is nothing left to do', async () => {
  let open = 1;
  const { stop, session } = await outcomeOf({
    steps: [{ say: 'Done?' }, { say: 'Done.', expects: /1 bead is open/ }, { say: 'unheard' }],
    spec: { reminder: () => (open-- > 0 ? '1 bead is open.' : null) },
  });
  expect(stop).toMatchObject({ outcome: 'finished', text: 'Done.' });
  expect(session.events().filter((event) => event.type === 'SessionReminded')).toHaveLength(1);
});

describe('a fallback model', () => {
  test('answers when the first choice fails, and goes on from there', async () => {
    const { stop, session } = await outcomeOf({
      steps: [calls('a'), { say: 'Done.' }],
      spec: { models: ['gone', 'rehearsal-polecat'] },
    });
    expect(stop).toMatchObject({ outcome: 'finished' });
    expect(session.sent.map((request) => request.model)).toEqual([
      'gone',
      'rehearsal-polecat',
      'rehearsal-polecat',
    ]);
    expect(session.progress.some((one) => one.kind === 'falling-back')).toBe(true);
  });
});

describe('a budget', () => {
  test('that allows nothing ends a session before a request is sent', async () => {
    const { stop, session } = await outcomeOf({
      steps: [{ say: 'x' }],
      deps: {
        budget: {
          beforeRequest: async () => ({
            allowed: false,
            reason: 'The cap of 5 USD is reached.',
            outcome: 'end',
          }),
          afterReply: async () => undefined,
        },
      },
    });
    expect(stop).toMatchObject({ outcome: 'budget', detail: 'The cap of 5 USD is reached.' });
    expect(session.requests()).toBe(0);
  });

  test('that allows nothing yet lets a session wait before its first request', async () => {
    let allowed = false;
    const session = await sessionUnderTest({
      steps: [{ say: 'Done.' }],
      deps: {
        budget: {
          beforeRequest: async () =>
            allowed ? { allowed } : { allowed: false, reason: 'Nothing is left.', outcome: 'wait' },
          afterReply: async () => undefined,
        },
      },
    });
    const stop = await session.run();
    expect(stop).toMatchObject({ status: 'suspended', tool: 'budget' });
    expect(session.requests()).toBe(0);
    allowed = true;
    const callId = stop.status === 'suspended' ? stop.callId : '';
    await resumeSession(session.deps, session.spec.id, { callId, result: 'granted' });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
    expect(session.sent[0]?.messages).toHaveLength(2);
  });

  test('that runs out lets a session wait, and go on when there is more', async () => {
    let left = 1;
    const told: string[] = [];
    const session = await sessionUnderTest({
      steps: [calls('a'), { say: 'Done.' }],
      spec: { tools: [look] },
      deps: {
        budget: {
          beforeRequest: async () =>
            left-- > 0 ? { allowed: true } : { allowed: false, reason: 'Used up.', outcome: 'wait' },
          afterReply: async ({ key }) => void told.push(key),
        },
      },
    });
    const stop = await session.run();
    expect(stop).toMatchObject({ status: 'suspended', tool: 'budget' });
    left = 1;
    const callId = stop.status === 'suspended' ? stop.callId : '';
    await resumeSession(session.deps, session.spec.id, { callId, result: 'granted' });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
    expect(session.requests()).toBe(2);
    expect(session.sent[1]?.messages.at(-1)?.content).toBe('nothing at a');
    expect(new Set(told).size).toBe(2);
  });
});
