import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sessionUnderTest } from '../testing/session-under-test.ts';
import { cancelSession, nudgeSession, resumeSession } from './run-session.ts';
import { SessionTaken } from './session-writer.ts';
import { answer, defineTool, type Tool, type ToolOutcome } from './tool.ts';

const path = z.object({ path: z.string() });

function tool(name: string, run: (args: { path: string }) => Promise<ToolOutcome>, more: Partial<Tool> = {}) {
  return defineTool({ name, description: name, parameters: path, run, ...more });
}

const read = tool('read', async (args) => answer(`content of ${args.path}`));
const call = (name: string, at: string) => ({ name, arguments: { path: at } });

describe('a session that waits', () => {
  const wait = tool('wait', async () => ({ kind: 'suspend', waitingFor: { for: 'beads' } }));

  test('costs nothing until it is resumed, once, with the result of its call', async () => {
    const session = await sessionUnderTest({
      steps: [
        { calls: [call('wait', ''), call('read', 'a')] },
        { say: 'Done.', expects: /^all landed\ncontent of a$/ },
      ],
      spec: { tools: [wait, read] },
    });
    const stop = await session.run();
    expect(stop).toMatchObject({ status: 'suspended', tool: 'wait', waitingFor: { for: 'beads' } });
    expect(await session.run()).toEqual(stop);
    expect(session.requests()).toBe(1);
    const callId = stop.status === 'suspended' ? stop.callId : '';
    const twice = ['all landed', 'something else'].map((result) =>
      resumeSession(session.deps, session.spec.id, { callId, result }),
    );
    expect(await Promise.all(twice)).toEqual([{ status: 'resumed' }, { status: 'not-waiting' }]);
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
    expect(session.events().filter((event) => event.type === 'SessionResumed')).toHaveLength(1);
  });

  test('for a person takes what they say as the next message', async () => {
    const session = await sessionUnderTest({
      steps: [{ say: 'Which colour?' }, { say: 'Painted it.', expects: /^green, please$/ }],
      spec: { interactive: true },
    });
    const stop = await session.run();
    expect(stop).toMatchObject({ status: 'suspended', tool: 'overseer' });
    const callId = stop.status === 'suspended' ? stop.callId : '';
    await resumeSession(session.deps, session.spec.id, { callId, result: 'green, please' });
    expect(await session.run()).toMatchObject({ status: 'suspended', tool: 'overseer' });
    expect(session.requests()).toBe(2);
  });
});

describe('a session that is stopped', () => {
  test('during a tool call tells the model that the call was interrupted when it goes on', async () => {
    const stop = new AbortController();
    let runs = 0;
    const slow = tool('slow', async () => {
      runs += 1;
      stop.abort();
      return new Promise<ToolOutcome>(() => null);
    });
    const session = await sessionUnderTest({
      steps: [
        { calls: [call('read', 'a'), call('slow', '')] },
        { say: 'Done.', expects: /^content of a\nInterrupted: / },
      ],
      spec: { tools: [read, slow] },
    });
    expect(await session.run(stop.signal)).toEqual({ status: 'interrupted' });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
    expect(runs).toBe(1);
    expect(session.requests()).toBe(2);
  });

  test('during a repeatable call runs it again', async () => {
    const stop = new AbortController();
    let runs = 0;
    const look = tool(
      'look',
      async () => {
        runs += 1;
        if (runs > 1) return answer('seen');
        stop.abort();
        return new Promise<ToolOutcome>(() => null);
      },
      { repeatable: true },
    );
    const session = await sessionUnderTest({
      steps: [{ calls: [call('look', '')] }, { say: 'Done.', expects: /^seen$/ }],
      spec: { tools: [look] },
    });
    expect(await session.run(stop.signal)).toEqual({ status: 'interrupted' });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
  });

  const by = { actor: 'witness', cause: 'test' };

  test('from outside ends at its next step', async () => {
    const session = await sessionUnderTest({
      steps: [{ calls: [call('cancel', '')] }],
      spec: {
        tools: [
          tool('cancel', async () => {
            await cancelSession(session.deps, session.spec.id, 'by hand', by);
            return answer('cancelled');
          }),
        ],
      },
    });
    expect(await session.run()).toMatchObject({ status: 'ended', outcome: 'cancelled', detail: 'by hand' });
    expect(await session.run()).toMatchObject({ status: 'ended', outcome: 'cancelled' });
    expect(session.requests()).toBe(1);
  });

  test('or only nudged hears of it after its next turn, in the same words ever after', async () => {
    const session = await sessionUnderTest({
      steps: [
        { calls: [call('nudge', '')] },
        { calls: [call('read', 'a')], expects: /^nudged$/ },
        { calls: [call('read', 'b')], expects: /^content of a\nSay how far you are\.$/ },
        { say: 'Done.', expects: /^content of b$/ },
      ],
      spec: {
        tools: [
          read,
          tool('nudge', async () => {
            await nudgeSession(session.deps, session.spec.id, 'Say how far you are.', by);
            return answer('nudged');
          }),
        ],
      },
    });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
    const last = session.sent
      .at(-1)
      ?.messages.filter((message) => message.content === 'Say how far you are.');
    expect(last).toHaveLength(1);
  });

  test('by another process that took it over lets go', async () => {
    const session = await sessionUnderTest({
      steps: [{ calls: [call('take', '')] }],
      spec: {
        tools: [
          tool('take', async () => {
            await session.ledger.append({
              stream: `session/${session.spec.id}`,
              expected: 'must-exist',
              events: [
                { type: 'ToolFinished', data: { callId: 'x', name: 'take', result: '', failed: false } },
              ],
              actor: 'another',
              cause: 'test',
            });
            return answer('taken');
          }),
        ],
      },
    });
    await expect(session.run()).rejects.toThrow(SessionTaken);
  });
});
