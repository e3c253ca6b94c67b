import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ModelReply, ModelRequest } from '../../agent/ports/model.ts';
import { createModelPort } from './create-model-port.ts';

const request: ModelRequest = {
  model: 'some-model',
  messages: [{ role: 'user', content: 'Work.' }],
  tools: [],
};

/** What a reply comes to when an endpoint streams these lines, in the shapes that real ones send. */
async function replyTo(events: readonly unknown[]): Promise<ModelReply & { readonly heard: string }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) response.write(`data: ${JSON.stringify(event)}\n\n`);
    response.end('data: [DONE]\n\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const port = createModelPort({
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey: 'any',
    retry: { attempts: 2, firstDelayMs: 1, maxDelayMs: 1 },
  });
  let heard = '';
  const reply = await port.complete(request, {
    signal: new AbortController().signal,
    onText: (piece) => {
      heard += piece;
    },
  });
  return { ...reply, heard };
}

const delta = (content: object, finish: string | null = null) => ({
  choices: [{ index: 0, delta: content, finish_reason: finish }],
});
const stop = delta({}, 'stop');
const callsEnd = delta({}, 'tool_calls');

describe('tool calls', () => {
  test('whose pieces come interleaved', async () => {
    const piece = (index: number, text: string, id?: string) =>
      delta({
        tool_calls: [
          { index, ...(id ? { id } : {}), function: { ...(id ? { name: id } : {}), arguments: text } },
        ],
      });
    const { toolCalls, finish } = await replyTo([
      piece(0, '{"a"', 'one'),
      piece(1, '{"b"', 'two'),
      piece(0, ':1}'),
      piece(1, ':2}'),
      callsEnd,
    ]);
    expect(finish).toBe('tool-calls');
    expect(toolCalls).toEqual([
      { id: 'one', name: 'one', arguments: '{"a":1}' },
      { id: 'two', name: 'two', arguments: '{"b":2}' },
    ]);
  });

  test('that all say index 0, or none, and are told apart by their ids', async () => {
    const whole = (id: string, index?: number) =>
      delta({
        tool_calls: [
          { ...(index === undefined ? {} : { index }), id, function: { name: 'f', arguments: '{}' } },
        ],
      });
    const same = await replyTo([whole('a', 0), whole('b', 0), callsEnd]);
    expect(same.toolCalls.map((call) => call.id)).toEqual(['a', 'b']);
    const none = await replyTo([whole('a'), whole('b'), callsEnd]);
    expect(none.toolCalls.map((call) => call.id)).toEqual(['a', 'b']);
  });

  test('that repeat their name with each piece, or give arguments as an object', async () => {
    const { toolCalls } = await replyTo([
      delta({ tool_calls: [{ index: 0, id: 'x', function: { name: 'read', arguments: '{"p"' } }] }),
      delta({ tool_calls: [{ index: 0, id: 'x', function: { name: 'read', arguments: ':1}' } }] }),
      delta({ tool_calls: [{ index: 1, id: 'y', function: { name: 'read', arguments: { p: 2 } } }] }),
      callsEnd,
    ]);
    expect(toolCalls.map((call) => [call.name, call.arguments])).toEqual([
      ['read', '{"p":1}'],
      ['read', '{"p":2}'],
    ]);
  });

  test('under a finish that says stop', async () => {
    const call = delta({ tool_calls: [{ index: 0, id: 'x', function: { name: 'f', arguments: '{}' } }] });
    expect((await replyTo([call, stop])).finish).toBe('tool-calls');
  });
});

describe('reasoning is kept apart', () => {
  test.each(['reasoning_content', 'reasoning'])('in a field called %s', async (field) => {
    const reply = await replyTo([
      delta({ [field]: 'Let me ' }),
      delta({ [field]: 'see.' }),
      delta({ content: 'Four.' }),
      stop,
    ]);
    expect(reply).toMatchObject({ text: 'Four.', reasoning: 'Let me see.', heard: 'Four.' });
  });

  test('in a block at the beginning of the text, however it is cut', async () => {
    const text = '\n<think>2 + 2 < 5\n</think>\n\nFour, <think> is a tag.';
    for (const size of [1, 3, 7, text.length]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
        delta({ content: text.slice(at * size, (at + 1) * size) }),
      );
      const reply = await replyTo([...pieces, stop]);
      expect(reply.reasoning.trim()).toBe('2 + 2 < 5');
      expect(reply.text.trim()).toBe('Four, <think> is a tag.');
      expect(reply.heard).toBe(reply.text);
    }
  });

  test('but not where a text only begins with a bracket', async () => {
    expect((await replyTo([delta({ content: '<th' }), delta({ content: 'ead>' }), stop])).text).toBe(
      '<thead>',
    );
    expect((await replyTo([delta({ content: '<th' }), stop])).text).toBe('<th');
  });
});

describe('what endpoints say besides', () => {
  test('usage with cached tokens, in a last chunk without choices', async () => {
    const usage = { prompt_tokens: 100, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 64 } };
    const reply = await replyTo([delta({ content: 'Hm.' }), stop, { choices: [], usage }]);
    expect(reply.usage).toEqual({
      inputTokens: 100,
      cachedInputTokens: 64,
      outputTokens: 7,
      estimated: false,
    });
  });

  test('fields that nobody asked for, and nulls', async () => {
    const odd = {
      choices: [{ delta: { content: 'Hm.', role: null, tool_calls: null, x: [1] }, logprobs: null }],
      usage: null,
      y: 1,
    };
    expect((await replyTo([odd, stop])).text).toBe('Hm.');
  });

  test('a filtered answer is a refusal', async () => {
    expect((await replyTo([delta({ content: 'I' }, 'content_filter')])).finish).toBe('refusal');
  });

  test('an error in the midst of a stream, which is tried again and then told', async () => {
    const error = { error: { message: 'upstream overloaded', type: 'server_error', code: 503 } };
    await expect(replyTo([delta({ content: 'Hm' }), error])).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('upstream overloaded'),
    });
  });

  test('a call without a name is garbled', async () => {
    const nameless = delta({ tool_calls: [{ index: 0, id: 'c', function: { arguments: '{}' } }] });
    await expect(replyTo([nameless, callsEnd])).rejects.toMatchObject({ kind: 'garbled' });
  });

  test('chunks of another shape are garbled', async () => {
    await expect(replyTo([{ choices: 'none' }])).rejects.toMatchObject({ kind: 'garbled' });
  });
});
