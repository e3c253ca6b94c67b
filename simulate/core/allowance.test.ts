import { describe, expect, it } from 'vitest';
import { Allowance } from './allowance.ts';

const sixAMinute = { most: 6, seconds: 60, burst: 6 };

describe('an allowance of six a minute', () => {
  it('gives six at once, then one every ten seconds', () => {
    const pushes = new Allowance(sixAMinute);
    expect(Array.from({ length: 8 }, () => pushes.take(0, 1))).toEqual([0, 0, 0, 0, 0, 0, 10, 20]);
  });

  it('is whole again after a minute of rest, and no more than whole after an hour', () => {
    const pushes = new Allowance(sixAMinute);
    pushes.take(0, 6);
    expect(pushes.take(60, 6)).toBe(0);
    expect(pushes.take(3660, 7)).toBe(10);
  });

  it('without a burst makes even the first wait its turn', () => {
    const pause = new Allowance({ most: 20, seconds: 60, burst: 1 });
    expect([pause.take(0, 1), pause.take(0, 1), pause.take(100, 1)]).toEqual([0, 3, 0]);
  });

  it('takes nothing for nothing', () => {
    const pushes = new Allowance(sixAMinute);
    expect([pushes.take(0, 0), pushes.take(0, 6)]).toEqual([0, 0]);
  });
});
