import { describe, expect, onTestFinished, test } from 'vitest';
import { ModelFailed, type ModelRequest } from '../../agent/ports/model.ts';
import type { Fault, RehearsalRequest } from '../../testing/rehearsal/fault.ts';
import type { RehearsalScript } from '../../testing/rehearsal/script.ts';
import { type RehearsalOptions, startRehearsalModel } from '../../testing/rehearsal/start-rehearsal-model.ts';
import { createModelPort, type ModelPortOptions } from './create-model-port.ts';

const script: RehearsalScript = {
  parts: [
    {
      role: 'polecat',
      steps: [
        {
          say: 'Two files at once.',
          calls: [
            {
              name: 'read_file',
              arguments: { path: 'a file with a long name that needs several pieces.txt' },
            },
            { name: 'read_file', arguments: { path: 'b.txt' } },
          ],
        },
      ],
    },
  ],
};

const request: ModelRequest = {
  model: 'rehearsal-polecat',
  messages: [
    { role: 'system', content: 'You are a polecat.' },
    { role: 'user', content: 'Work.' },
  ],
  tools: [
    { name: 'read_file', description: 'Reads a file.', parameters: { type: 'object', properties: {} } },
  ],
};

async function endpoint(options: RehearsalOptions = {}, portOptions: Partial<ModelPortOptions> = {}) {
  const server = await startRehearsalModel(script, options);
  onTestFinished(() => server.close());
  const port = createModelPort({
    baseURL: server.baseUrl,
    apiKey: 'sk-secret-key',
    retry: { attempts: 4, firstDelayMs: 1, maxDelayMs: 4 },
    stallMs: 800,
    ...portOptions,
  });
  return { server, port };
}

const failFirst =
  (fault: Fault, times = 1) =>
  (seen: RehearsalRequest): Fault | null =>
    seen.number <= times ? fault : null;

const never = () => new AbortController().signal;

async function failureOf(promise: Promise<unknown>): Promise<ModelFailed> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ModelFailed)) throw new Error(`not a ModelFailed: ${String(error)}`);
  return error;
}

describe('a reply', () => {
  test('is put together from its pieces: text as it comes, calls in order, usage as counted', async () => {
    const { port } = await endpoint();
    const pieces: string[] = [];
    const reply = await port.complete(request, { signal: never(), onText: (piece) => pieces.push(piece) });
    expect(reply).toMatchObject({ finish: 'tool-calls', text: 'Two files at once.', reasoning: '' });
    expect(pieces.join('')).toBe('Two files at once.');
    expect(reply.toolCalls.map((call) => [call.name, JSON.parse(call.arguments)])).toEqual([
      ['read_file', { path: 'a file with a long name that needs several pieces.txt' }],
      ['read_file', { path: 'b.txt' }],
    ]);
    expect(reply.usage.estimated).toBe(false);
    expect(reply.usage.inputTokens).toBeGreaterThan(10);
  });

  test('without usage is counted by its bytes, and says so', async () => {
    const { port } = await endpoint({ fault: () => ({ kind: 'no-usage' }) });
    const reply = await port.complete(request, { signal: never() });
    expect(reply.usage.estimated).toBe(true);
    expect(reply.usage.outputTokens).toBeGreaterThan(5);
  });

  test('that declines is a refusal with its words and no calls', async () => {
    const { port } = await endpoint({ fault: () => ({ kind: 'refusal', text: 'I will not.' }) });
    const reply = await port.complete(request, { signal: never() });
    expect(reply).toMatchObject({ finish: 'refusal', text: 'I will not.', toolCalls: [] });
  });

  test('keeps malformed arguments as they were written', async () => {
    const { port } = await endpoint({ fault: () => ({ kind: 'malformed-arguments' }) });
    const reply = await port.complete(request, { signal: never() });
    expect(() => JSON.parse(reply.toolCalls[0]?.arguments ?? '')).toThrow(SyntaxError);
  });
});

describe('what a retry can mend is tried again', () => {
  const mendable: [string, Fault][] = [
    ['a rate limit', { kind: 'status', status: 429 }],
    ['a server error', { kind: 'status', status: 503 }],
    ['a dropped connection', { kind: 'reset' }],
    ['a stream cut off', { kind: 'cut', afterChunks: 3 }],
    ['a stream that ends early but properly', { kind: 'cut', afterChunks: 3, clean: true }],
    ['an endpoint that hangs before its answer', { kind: 'hang', afterChunks: 0 }],
    ['a stream that hangs midway', { kind: 'hang', afterChunks: 4 }],
  ];
  test.each(mendable)('%s', async (_name, fault) => {
    const { port, server } = await endpoint({ fault: failFirst(fault, 2) });
    const failures: string[] = [];
    const reply = await port.complete(request, {
      signal: never(),
      onRetry: ({ failed }) => failures.push(failed.kind),
    });
    expect(reply.toolCalls).toHaveLength(2);
    expect(server.requests()).toBe(3);
    expect(failures).toHaveLength(2);
  });

  test('and retry-after is honoured', async () => {
    const { port } = await endpoint({
      fault: failFirst({ kind: 'status', status: 429, retryAfterSeconds: 1 }),
    });
    const waits: number[] = [];
    await port.complete(request, { signal: never(), onRetry: ({ delayMs }) => waits.push(delayMs) });
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeGreaterThanOrEqual(1000);
  });

  test('until the policy gives up', async () => {
    const { port, server } = await endpoint({ fault: () => ({ kind: 'status', status: 500 }) });
    const failure = await failureOf(port.complete(request, { signal: never() }));
    expect(failure).toMatchObject({ kind: 'unreachable', status: 500 });
    expect(server.requests()).toBe(4);
  });
});

describe('what a retry cannot mend is told at once', () => {
  test('a wrong key, without the key', async () => {
    const { port, server } = await endpoint({ apiKey: 'another' });
    const failure = await failureOf(port.complete(request, { signal: never() }));
    expect(failure).toMatchObject({ kind: 'key-refused', status: 401 });
    expect(failure.message).not.toContain('sk-secret-key');
    expect(server.requests()).toBe(0);
  });

  test('an unknown model', async () => {
    const { port } = await endpoint();
    const failure = await failureOf(port.complete({ ...request, model: 'nobody' }, { signal: never() }));
    expect(failure).toMatchObject({ kind: 'unknown-model', status: 404, model: 'nobody' });
  });

  test('a conversation off the script', async () => {
    const { port, server } = await endpoint();
    const messages = [...request.messages, { role: 'assistant', content: 'Done.', toolCalls: [] } as const];
    const failure = await failureOf(port.complete({ ...request, messages }, { signal: never() }));
    expect(failure).toMatchObject({ kind: 'rejected', status: 409 });
    expect(failure.message).toContain('has 1 steps and was asked for step 2');
    expect(server.requests()).toBe(1);
  });

  test('an endpoint that is not there', async () => {
    const { port, server } = await endpoint();
    await server.close();
    const failure = await failureOf(port.complete(request, { signal: never() }));
    expect(failure).toMatchObject({ kind: 'unreachable', status: null });
    expect(failure.message).toContain('ECONNREFUSED');
  });
});

describe('an abort', () => {
  test('during a reply rejects with its reason and hangs up', async () => {
    const abort = new AbortController();
    const { port, server } = await endpoint(
      { fault: () => ({ kind: 'hang', afterChunks: 2 }) },
      { stallMs: 60_000 },
    );
    const reply = port.complete(request, {
      signal: abort.signal,
      onText: () => abort.abort(new Error('enough')),
    });
    await expect(reply).rejects.toThrow('enough');
    expect(server.requests()).toBe(1);
  });

  test('during the wait before a retry rejects with its reason', async () => {
    const abort = new AbortController();
    const { port } = await endpoint(
      { fault: () => ({ kind: 'status', status: 429, retryAfterSeconds: 3600 }) },
      { stallMs: 60_000 },
    );
    const reply = port.complete(request, {
      signal: abort.signal,
      onRetry: () => abort.abort(new Error('enough')),
    });
    await expect(reply).rejects.toThrow('enough');
  });
});

test('an endpoint that rejects fields it does not know is asked without them, and that is remembered', async () => {
  const { port, server } = await endpoint({ rejectedFields: ['stream_options', 'parallel_tool_calls'] });
  const first = await port.complete(request, { signal: never() });
  expect(first.toolCalls).toHaveLength(2);
  expect(server.requests()).toBe(3);
  await port.complete(request, { signal: never() });
  expect(server.requests()).toBe(4);
});
