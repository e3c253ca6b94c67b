import { describe, expect, test } from 'vitest';
import { RepetitionGuard, repeatsItself } from './repetition-guard.ts';

const prose = Array.from(
  { length: 120 },
  (_, at) => `Sentence ${at} says ${at * 7919} things about ${at % 13}. `,
).join('');

describe('a text repeats itself', () => {
  test('when its end is one pattern again and again', () => {
    expect(repeatsItself(prose + 'I will now begin. '.repeat(12))).toBe(true);
    expect(repeatsItself(prose + 'a'.repeat(250))).toBe(true);
  });

  test('when a long block stands in it twice', () => {
    expect(repeatsItself(prose.slice(0, 600) + prose.slice(2_000, 2_300) + prose.slice(0, 600))).toBe(true);
  });

  test('not when it is short, or a list, or has a rule or a table in it', () => {
    expect(repeatsItself('no '.repeat(100))).toBe(false);
    expect(repeatsItself(prose)).toBe(false);
    expect(repeatsItself(`${prose}\n${'-'.repeat(300)}`)).toBe(false);
    expect(repeatsItself(`${prose}|${'---|'.repeat(80)}`)).toBe(false);
    const list = Array.from({ length: 60 }, (_, at) => `- src/module-${at}/index.ts: checked\n`).join('');
    expect(repeatsItself(prose + list)).toBe(false);
  });
});

test('a guard sees it as it streams in, and forgets what is void', () => {
  const guard = new RepetitionGuard();
  const cutAt = Array.from({ length: 400 }, () => guard.push('Wait. ')).indexOf(true);
  expect(cutAt * 6).toBeLessThan(1_100);
  guard.reset();
  expect(guard.push('Wait. '.repeat(100))).toBe(false);
});
