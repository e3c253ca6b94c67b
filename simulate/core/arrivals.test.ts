import { expect, it } from 'vitest';
import { arrivals } from './arrivals.ts';
import { chanceFrom } from './chance.ts';

it('spreads a day’s convoys over the day, two thirds of them over the busy hours, the same for the same seed', () => {
  const times = arrivals(chanceFrom(1), 30_000);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(86_400);
  expect(Math.abs(times.length - 30_000)).toBeLessThan(600);
  const inBusyHours = times.filter((at) => at >= 9 * 3600 && at < 17 * 3600).length;
  expect(inBusyHours / times.length).toBeCloseTo(2 / 3, 1);
  expect(arrivals(chanceFrom(1), 30_000)).toEqual(times);
});
