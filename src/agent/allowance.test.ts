import { describe, expect, test } from 'vitest';
import type { Usage } from '../domain/session/events.ts';
import { sessionUnderTest } from '../testing/session-under-test.ts';
import { type Allowance, allowanceBudget } from './allowance.ts';
import { costOf, pricesFrom } from './price.ts';
import type { RequestFacts } from './session-budget.ts';

const prices = pricesFrom({
  cheap: { inputUsd: 0.1, cachedInputUsd: 0.05, outputUsd: 0.4 },
  dear: { inputUsd: 1, cachedInputUsd: 1, outputUsd: 10 },
});

const usage = (inputTokens: number, outputTokens: number, cachedInputTokens = 0): Usage => ({
  inputTokens,
  outputTokens,
  cachedInputTokens,
  estimated: false,
});

const ask = (granted: Allowance, more: Partial<RequestFacts> = {}) =>
  allowanceBudget({ granted: () => granted, priceOf: prices, whenShort: 'end' }).beforeRequest({
    session: 's',
    role: 'polecat',
    convoy: null,
    bead: null,
    model: 'cheap',
    inputTokens: 10_000,
    spent: [],
    ...more,
  });

describe('a price', () => {
  test('counts cached input at its own rate', () => {
    expect(costOf(usage(1_000_000, 100_000, 400_000), prices('cheap').price)).toBeCloseTo(0.06 + 0.02 + 0.04);
  });

  test('that the table does not have is the dearest, and says so', () => {
    expect(prices('nobody')).toEqual({
      price: { inputUsd: 1, cachedInputUsd: 1, outputUsd: 10 },
      listed: false,
    });
    expect(prices('toString').listed).toBe(false);
  });
});

describe('an allowance', () => {
  test('lets a request pass that it can pay for, and bounds the answer by what is left', async () => {
    expect(await ask({ usd: 5, tokens: null })).toEqual({ allowed: true });
    expect(await ask({ usd: null, tokens: 13_000 })).toEqual({ allowed: true, maxOutputTokens: 2_000 });
    expect(await ask({ usd: null, tokens: null })).toEqual({ allowed: true });
  });

  test('counts what the session spent, at the price of the model that spent it', async () => {
    const spent = [
      { model: 'dear', usage: usage(100_000, 80_000) },
      { model: 'cheap', usage: usage(50_000, 1_000) },
    ];
    expect(await ask({ usd: 1, tokens: null }, { spent })).toEqual({ allowed: true });
    const short = await ask({ usd: 0.906, tokens: null }, { spent });
    expect(short).toMatchObject({ allowed: false, outcome: 'end' });
  });

  test('says that it took the dearest price where it knows none', async () => {
    expect(await ask({ usd: 0.01, tokens: null }, { model: 'nobody' })).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('The price of nobody is not known, so the dearest is taken.'),
    });
  });
});

test('a session on an allowance stops before the request that could pass it', async () => {
  const budget = allowanceBudget({
    granted: () => ({ usd: null, tokens: 4_000 }),
    priceOf: prices,
    whenShort: 'end',
  });
  const words = Array.from({ length: 300 }, (_, at) => `word${at * 7919}`).join(' ');
  const session = await sessionUnderTest({
    steps: Array.from({ length: 20 }, (_, at) => ({
      say: words,
      calls: [{ name: `none${at}`, arguments: {} }],
    })),
    deps: { budget },
  });
  expect(await session.run()).toMatchObject({ outcome: 'budget' });
  const spent = session
    .events()
    .flatMap((event) => (event.type === 'ModelReplied' ? [event.data.usage] : []))
    .reduce((sum, one) => sum + one.inputTokens + one.outputTokens, 0);
  expect(session.requests()).toBeGreaterThan(1);
  expect(spent).toBeLessThanOrEqual(4_000);
});

test('twenty sessions that ask at once stay within twenty allowances', async () => {
  const granted = { usd: null, tokens: 3_000 };
  const budget = allowanceBudget({ granted: () => granted, priceOf: prices, whenShort: 'end' });
  const session = await sessionUnderTest({
    steps: Array.from({ length: 30 }, (_, at) => ({
      calls: [{ name: `none${at}`, arguments: { at: 'x'.repeat(200) } }],
    })),
    deps: { budget },
  });
  const { runSession } = await import('./run-session.ts');
  const ids = Array.from({ length: 20 }, () => crypto.randomUUID());
  const stops = await Promise.all(
    ids.map((id) => runSession(session.deps, { ...session.spec, id }, new AbortController().signal)),
  );
  expect(stops.every((stop) => stop.status === 'ended' && stop.outcome === 'budget')).toBe(true);
  for (const id of ids) {
    const spent = session.ledger
      .read(`session/${id}`)
      .flatMap((event) => (event.type === 'ModelReplied' ? [event.data.usage] : []))
      .reduce((sum, one) => sum + one.inputTokens + one.outputTokens, 0);
    expect(spent).toBeLessThanOrEqual(granted.tokens);
  }
});
