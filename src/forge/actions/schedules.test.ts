import { expect, test } from 'vitest';
import { isDue } from './schedules.ts';

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);

test.each([
  ['*/15 * * * *', '10:14:59', '10:15:30', true],
  ['*/15 * * * *', '10:15:30', '10:16:30', false],
  ['30 5 * * 1', '05:29:00', '05:31:00', false],
  ['30 5 * * 0', '05:29:00', '05:31:00', true],
])('%s is due after %s up to %s: %s', (cron, from, to, due) => {
  expect(isDue(cron, at(from), at(to))).toBe(due);
});
