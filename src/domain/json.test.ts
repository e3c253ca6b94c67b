import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { json } from './json.ts';

it('takes what zod takes for JSON, as it is, and refuses what zod refuses', () => {
  const theirs = z.json();
  fc.assert(
    fc.property(fc.anything({ withDate: true, withBigInt: true, withSparseArray: true }), (value) => {
      const expected = theirs.safeParse(value);
      const found = json.safeParse(value);
      expect(found.success).toBe(expected.success);
      if (expected.success) expect(found.data).toEqual(expected.data);
    }),
    { numRuns: 2_000 },
  );
});
