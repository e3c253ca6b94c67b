import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sessionUnderTest } from '../testing/session-under-test.ts';
import { answer, defineTool, type Tool, type ToolOutcome } from './tool.ts';

const path = z.object({ path: z.string() });

function tool(name: string, run: (args: { path: string }) => Promise<ToolOutcome>, more: Partial<Tool> = {}) {
  return defineTool({ name, description: name, parameters: path, run, ...more });
}

const read = tool('read', async (args) => answer(`content of ${args.path}`));
const call = (name: string, at: string) => ({ name, arguments: { path: at } });

describe('a session', () => {
  test('appends each reply and each result before the next step, and ends with the answer', async () => {
    const session = await sessionUnderTest({
      steps: [{ calls: [call('read', 'a')] }, { say: 'All read.', expects: /^content of a$/ }],
      spec: { tools: [read] },
    });
    expect(await session.run()).toEqual({
      status: 'ended',
      outcome: 'finished',
      text: 'All read.',
      detail: '',
    });
    expect(session.events().map((event) => event.type)).toEqual([
      'SessionStarted',
      'ModelReplied',
      'ToolFinished',
      'ModelReplied',
      'SessionEnded',
    ]);
    expect(await session.run()).toMatchObject({ status: 'ended', outcome: 'finished' });
    expect(session.requests()).toBe(2);
  });

  test('runs the calls of a reply at the same time and sends their results in the order of the calls', async () => {
    const firstWaits = Promise.withResolvers<void>();
    const first = tool('first', async () => {
      await firstWaits.promise;
      return answer('one');
    });
    const second = tool('second', async () => {
      firstWaits.resolve();
      return answer('two');
    });
    const session = await sessionUnderTest({
      steps: [{ calls: [call('first', ''), call('second', '')] }, { say: 'Done.', expects: /^one\ntwo$/ }],
      spec: { tools: [first, second] },
    });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
  });

  test('runs a concluding call once the others of its reply have finished', async () => {
    const order: string[] = [];
    const slow = tool('slow', async () => {
      await new Promise(setImmediate);
      order.push('slow');
      return answer('slow');
    });
    const last = tool(
      'last',
      async () => {
        order.push('last');
        return { kind: 'end', text: 'closed' };
      },
      { runsLast: () => true },
    );
    const session = await sessionUnderTest({
      steps: [{ calls: [call('last', ''), call('slow', '')] }],
      spec: { tools: [slow, last] },
    });
    expect(await session.run()).toEqual({ status: 'ended', outcome: 'done', text: 'closed', detail: '' });
    expect(order).toEqual(['slow', 'last']);
  });

  test('sends the same bytes again at each turn, with what came since behind them', async () => {
    const session = await sessionUnderTest({
      steps: [{ say: 'So.', calls: [call('read', 'a')] }, { calls: [call('read', 'b')] }, { say: 'Done.' }],
      spec: { tools: [read] },
    });
    await session.run();
    const [first, second, third] = session.sent.map((request) =>
      JSON.stringify(request.messages).slice(0, -1),
    );
    expect(second?.startsWith(first ?? '-')).toBe(true);
    expect(third?.startsWith(second ?? '-')).toBe(true);
    expect(new Set(session.sent.map((request) => JSON.stringify(request.tools))).size).toBe(1);
  });
});

describe('a call that is wrong is answered so that the model can mend it', () => {
  test('an unknown tool', async () => {
    const session = await sessionUnderTest({
      steps: [
        { calls: [call('reed', 'a')] },
        { say: 'Sorry.', expects: /no tool called reed. You have: read\./ },
      ],
      spec: { tools: [read] },
    });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
  });

  test('arguments that are not JSON, which are not sent back as they were', async () => {
    const session = await sessionUnderTest({
      steps: [
        { calls: [call('read', 'a')] },
        { calls: [call('read', 'a')], expects: /not valid JSON.*You wrote: {"path":"a"/s },
        { say: 'Done.', expects: /content of a/ },
      ],
      spec: { tools: [read] },
      rehearsal: { fault: ({ step }) => (step === 0 ? { kind: 'malformed-arguments' } : null) },
    });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
    const reply = session.events().find((event) => event.type === 'ModelReplied');
    expect(reply?.data.toolCalls[0]?.arguments).toBe('{"path":"a"');
  });

  test('arguments of another shape', async () => {
    const session = await sessionUnderTest({
      steps: [
        { calls: [{ name: 'read', arguments: { file: 'a' } }] },
        { say: 'Done.', expects: /arguments of read don't fit.*path/s },
      ],
      spec: { tools: [read] },
    });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
  });

  test('a tool that fails by itself', async () => {
    const broken = tool('broken', async () => {
      throw new RangeError('out of paper');
    });
    const session = await sessionUnderTest({
      steps: [{ calls: [call('broken', 'a')] }, { say: 'Done.', expects: /RangeError: out of paper/ }],
      spec: { tools: [broken] },
    });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
    expect(session.events().find((event) => event.type === 'ToolFinished')?.data.failed).toBe(true);
  });
});

test('call ids that come again, or are missing, get names of their own', async () => {
  const session = await sessionUnderTest({
    steps: [],
    spec: { tools: [read] },
    deps: {
      model: {
        contextWindow: () => 100_000,
        async complete(request) {
          const turn = request.messages.filter((message) => message.role === 'assistant').length;
          const made = { name: 'read', arguments: `{"path":"${turn}"}` };
          return {
            model: request.model,
            text: '',
            reasoning: '',
            toolCalls:
              turn < 2
                ? [
                    { id: 'call_0', ...made },
                    { id: '', ...made },
                  ]
                : [],
            finish: turn < 2 ? 'tool-calls' : 'stop',
            usage: { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, estimated: false },
            latencyMs: 1,
          };
        },
      },
    },
  });
  await session.run();
  const ids = session.events().flatMap((event) => (event.type === 'ToolFinished' ? [event.data.callId] : []));
  expect(ids).toEqual(['call_0', 't0001c001', 't0002c000', 't0002c001']);
});
