import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sessionUnderTest } from '../testing/session-under-test.ts';
import { isCompactionRequest } from './compaction-text.ts';
import { answer, defineTool } from './tool.ts';

const page = 'All work and no play makes a page of text. '.repeat(60);

const read = defineTool({
  name: 'read',
  description: 'read',
  parameters: z.object({ page: z.number() }),
  run: async (args) => answer(`page ${args.page}: ${page}`),
});

const pages = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    calls: [
      { name: 'read', arguments: { page: number } },
      { name: 'read', arguments: { page: -number } },
    ],
  }));

const small = { contextWindows: { 'rehearsal-polecat': 8_000 } };

describe('a conversation that fills three quarters of the window', () => {
  test('goes on with a summary and its last turns', async () => {
    const session = await sessionUnderTest({
      steps: [...pages(10), { say: 'Read.' }],
      spec: { tools: [read], keepTurns: 2 },
      port: small,
    });
    expect(await session.run()).toMatchObject({ outcome: 'finished', text: 'Read.' });
    const compactions = session.events().filter((event) => event.type === 'ContextCompacted');
    expect(compactions.length).toBeGreaterThanOrEqual(2);
    const turns = session.sent.filter((request) => !isCompactionRequest(request.messages));
    expect(turns).toHaveLength(11);
    const last = turns.at(-1)?.messages ?? [];
    expect(last[0]?.content).toBe('You are a polecat.');
    expect(last[1]?.content).toMatch(
      /^Your bead is \[1\]\.\n\nTurns 1 to 6 of this work are summed up here:\n/,
    );
    expect(last.filter((message) => message.role === 'assistant')).toHaveLength(4);
    for (const request of session.sent)
      expect(JSON.stringify(request.messages).length / 4).toBeLessThan(8_000);
  });

  test('is the same after a restart', async () => {
    const stop = new AbortController();
    const session = await sessionUnderTest({
      steps: [...pages(8), { say: 'Read.' }],
      spec: { tools: [read], keepTurns: 2 },
      port: small,
      rehearsal: {
        fault: ({ step }) => {
          if (step === 5) queueMicrotask(() => stop.abort());
          return null;
        },
      },
    });
    expect(await session.run(stop.signal)).toEqual({ status: 'interrupted' });
    expect(await session.run()).toMatchObject({ outcome: 'finished', text: 'Read.' });
  });

  test('keeps its full history when no summary can be had, and does not ask for one at every turn', async () => {
    const session = await sessionUnderTest({
      steps: [...pages(6), { say: 'Read.' }],
      spec: { tools: [read], keepTurns: 2 },
      port: { contextWindows: { 'rehearsal-polecat': 9_000 } },
      rehearsal: { fault: ({ step }) => (step < 0 ? { kind: 'refusal', text: 'No.' } : null) },
    });
    expect(await session.run()).toMatchObject({ outcome: 'finished' });
    expect(session.events().some((event) => event.type === 'ContextCompacted')).toBe(false);
    expect(session.progress.some((one) => one.kind === 'compaction-failed')).toBe(true);
    expect(session.events().filter((event) => event.type === 'ModelReplied')).toHaveLength(7);
  });
});
