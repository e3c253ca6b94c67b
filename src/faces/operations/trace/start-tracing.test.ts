import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { smallConvoy } from '../../../testing/events/small-convoy.ts';
import { startTracing } from './start-tracing.ts';

const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  status: z.object({ code: z.number().optional() }),
});
const sent = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});
type Span = z.output<typeof span>;

/** What a collector is sent of a story that two processes tell, each a part. */
async function collected(...parts: (typeof smallConvoy)[]): Promise<readonly Span[]> {
  const spans: Span[] = [];
  const collector = createServer(async (request, response) => {
    const { resourceSpans } = sent.parse(await json(request));
    spans.push(...resourceSpans.flatMap((one) => one.scopeSpans.flatMap((scope) => scope.spans)));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${port}`);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  for (const events of parts) {
    const tracing = startTracing('1.2.3');
    for (const event of events) tracing.event(event);
    await tracing.close();
  }
  collector.close();
  collector.closeAllConnections();
  return spans;
}

test('a convoy is one trace: its attempts, conversations, model calls, tools and verifications', async () => {
  const spans = await collected(smallConvoy);
  const byId = new Map(spans.map((one) => [one.spanId, one]));
  const tree = spans.map((one) => [one.name, byId.get(one.parentSpanId ?? '')?.name ?? null]);
  expect(tree).toEqual(
    expect.arrayContaining([
      ['convoy #1', null],
      ['bead 1', 'convoy #1'],
      ['polecat', 'bead 1'],
      ['chat small', 'polecat'],
      ['execute_tool shell', 'polecat'],
      ['verification', 'convoy #1'],
    ]),
  );
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  for (const { startTimeUnixNano, endTimeUnixNano } of spans) {
    expect(BigInt(endTimeUnixNano) >= BigInt(startTimeUnixNano)).toBe(true);
  }
  expect(spans.find(({ name }) => name === 'execute_tool shell')?.status.code).toBe(2);
});

test('what a second process does joins the same trace', async () => {
  const half = smallConvoy.findIndex(({ type }) => type === 'VerificationStarted');
  const spans = await collected(smallConvoy.slice(0, half), smallConvoy.slice(half));
  const [whole] = await collected(smallConvoy);
  expect(spans.map(({ name }) => name)).toContain('verification');
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([whole?.traceId]));
});
