import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldOf } from '../../testing/given-when-then.ts';
import type { NewEvent } from '../event.ts';
import { dayOf, reserveOfDay, returnToDay, rigGrantsFold } from './day-budget.ts';

const day = '2030-01-31';
const ask = { convoy: 'convoy/7/12', day, capUsd: 20, wantedUsd: 100 };
const reserved = (usd: number, change: Partial<{ for: string; day: string }> = {}): NewEvent => ({
  type: 'BudgetReserved',
  data: { for: ask.convoy, tokens: 0, usd, day, ...change },
});
const after = (...events: readonly NewEvent[]) => foldOf(rigGrantsFold, events);
const grantOf = (asked: Partial<typeof ask>, ...events: readonly NewEvent[]) => {
  const decision = reserveOfDay(after(...events), { ...ask, ...asked });
  const [event] = decision.accepted ? decision.events : [];
  return event?.type === 'BudgetReserved' ? event.data.usd : null;
};

test('a convoy is granted a quarter of the day, the rest where that is less, and never more than it wants', () => {
  expect(grantOf({})).toBe(5);
  expect(grantOf({ wantedUsd: 2 })).toBe(2);
  expect(grantOf({}, reserved(17))).toBe(3);
  expect(grantOf({}, reserved(20))).toBeNull();
});

test('each day has its own budget', () => {
  expect(grantOf({}, reserved(20, { day: '2030-01-30' }))).toBe(5);
  expect(dayOf(new Date('2030-01-31T23:59:59.999Z'))).toBe(day);
});

test('what a convoy did not spend is there for others, once', () => {
  const back = returnToDay(after(reserved(5), reserved(5)), { convoy: ask.convoy, spentUsd: 4 });
  expect(back).toMatchObject({ accepted: true, events: [{ data: { for: ask.convoy, usd: 6, day } }] });
  const events = back.accepted ? back.events : [];
  const state = after(reserved(5), reserved(5), ...events);
  expect(state.byDay.get(day)).toBe(4);
  expect(returnToDay(state, { convoy: ask.convoy, spentUsd: 4 })).toEqual({ accepted: true, events: [] });
});

test('whoever asks and however often, no more than the cap is out at any time', () => {
  const one = fc.record({
    convoy: fc.constantFrom('convoy/7/1', 'convoy/7/2', 'convoy/7/3'),
    spent: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), (asked) => {
      const events: NewEvent[] = [];
      for (const { convoy, spent } of asked) {
        const state = after(...events);
        const decision =
          spent === null
            ? reserveOfDay(state, { ...ask, convoy })
            : returnToDay(state, { convoy, spentUsd: (state.byConvoy.get(convoy) ?? 0) * spent });
        if (decision.accepted) events.push(...decision.events);
        expect(after(...events).byDay.get(day) ?? 0).toBeLessThanOrEqual(20.000_001);
      }
    }),
    { numRuns: 50 },
  );
});
