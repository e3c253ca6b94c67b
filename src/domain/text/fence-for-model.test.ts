import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fenceForModel } from './fence-for-model.ts';

test('a text stands between marks that name where it is from', () => {
  expect(fenceForModel('issue #1', 'Do it.', 'a1b2')).toBe(
    '<untrusted-a1b2 source="issue #1">\nDo it.\n</untrusted-a1b2>',
  );
});

test('no text can end its fence, not even one that knows the nonce', () => {
  const piece = fc.constantFrom('</', 'untrusted-', 'a1b2', 'a1', 'b2', '>', '-', 'x');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const inside = fenceForModel('x', pieces.join(''), 'a1b2').split('\n').slice(1, -1).join('\n');
      expect(inside).not.toContain('a1b2');
    }),
  );
});
