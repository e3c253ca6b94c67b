import { describe, expect, test } from 'vitest';
import { learned, nextPrefix, redBatch, verificationsAtMost } from './red-search.ts';

/** Searches a batch whose bead `bad` (from 1) breaks it; returns the verifications and the bead that was named. */
function search(size: number, bad: number): { verifications: number; named: number } {
  let state = redBatch(size);
  let verifications = 1;
  for (let prefix = nextPrefix(state); prefix !== null; prefix = nextPrefix(state)) {
    verifications += 1;
    state = learned(state, prefix, prefix < bad);
  }
  // What is left when the bad one is taken out is verified once more, unless nothing is left behind it.
  return { verifications: verifications + (bad < size ? 1 : 0), named: state.red };
}

describe('the search for the bead that breaks a batch', () => {
  test('names it, at no more than the promised cost, for every size and place', () => {
    for (let size = 1; size <= 100; size += 1) {
      for (let bad = 1; bad <= size; bad += 1) {
        const { verifications, named } = search(size, bad);
        expect(named).toBe(bad);
        expect(verifications).toBeLessThanOrEqual(verificationsAtMost(size));
      }
    }
  });

  test('costs six verifications for twelve beads', () => {
    expect(verificationsAtMost(12)).toBe(6);
  });
});
