import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { ModelFailed, type ModelRequest } from '../../agent/ports/model.ts';
import { fuzzRuns } from '../../testing/fuzz-runs.ts';
import { createModelPort } from './create-model-port.ts';

const request: ModelRequest = { model: 'm', messages: [{ role: 'user', content: 'Work.' }], tools: [] };
const delta = (content: object, finish: string | null = null) => ({
  id: 'x',
  choices: [{ index: 0, delta: content, finish_reason: finish }],
});
const call = (args: string) =>
  delta({ tool_calls: [{ index: 0, id: 'c', function: { name: 'shell', arguments: args } }] });
const good = Buffer.from(
  [
    delta({ role: 'assistant', content: 'Grüße 🐱, ' }),
    delta({ content: 'at work.' }),
    call('{"command":'),
    call('"ls"}'),
    delta({}, 'tool_calls'),
    { id: 'x', choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } },
  ]
    .map((event) => `data: ${JSON.stringify(event)}\n\n`)
    .concat('data: [DONE]\n\n')
    .join(''),
);

const stream = fc.oneof(
  fc.nat(good.length).map((end) => good.subarray(0, end)),
  fc
    .array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 })
    .map((changes) => changes.reduce((bytes, [at, to]) => bytes.fill(to, at, at + 1), Buffer.from(good))),
  fc
    .uint8Array({ maxLength: 300 })
    .map((bytes) => Buffer.concat([Buffer.from('data: '), bytes, Buffer.from('\n\n')])),
);

test('a stream cut or mangled at any byte is a reply in our own shape, or a failure in our own shape', {
  timeout: 120_000,
}, async () => {
  let answer = { bytes: good, pieces: 1, ends: true };
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const size = Math.max(1, Math.ceil(answer.bytes.length / answer.pieces));
    for (let at = 0; at < answer.bytes.length; at += size)
      response.write(answer.bytes.subarray(at, at + size));
    if (answer.ends) response.end();
    else response.socket?.destroySoon();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const port = createModelPort({
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    apiKey: 'any',
    retry: { attempts: 1, firstDelayMs: 1, maxDelayMs: 1 },
    stallMs: 2000,
  });
  const count = { replies: 0, failures: 0 };
  await fc.assert(
    fc.asyncProperty(stream, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (bytes, pieces, ends) => {
      answer = { bytes, pieces, ends };
      const { signal } = new AbortController();
      try {
        const reply = await port.complete(request, { signal });
        count.replies += 1;
        expect(reply.toolCalls.every((one) => typeof one.arguments === 'string' && one.name !== '')).toBe(
          true,
        );
        expect(Number.isFinite(reply.usage.inputTokens + reply.usage.outputTokens)).toBe(true);
      } catch (error) {
        if (!(error instanceof ModelFailed)) throw error;
        count.failures += 1;
      }
    }),
    { numRuns: fuzzRuns(300) },
  );
  expect(Math.min(count.replies, count.failures)).toBeGreaterThan(3);
});
