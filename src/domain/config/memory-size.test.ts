import { describe, expect, it } from 'vitest';
import { parseMemory } from './memory-size.ts';

describe('a memory limit', () => {
  it.each([
    ['512m', 536_870_912],
    ['1g', 1_073_741_824],
    ['1.5G', 1_610_612_736],
    ['2gb', 2_147_483_648],
    ['268435456', 268_435_456],
    ['65536k', 67_108_864],
  ])('%s is %i bytes', (text, bytes) => {
    expect(parseMemory(text)).toBe(bytes);
  });

  it.each(['', 'much', '-1g', '512 m', '1t', '5m', '0', '1e9g', '99999999999g'])('%j is none', (text) => {
    expect(parseMemory(text)).toBeNull();
  });
});
