import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HeadAndTail, joined } from './capture.ts';

it('keeps the first and last bytes and counts what it drops', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }),
      fc.integer({ min: 2, max: 60 }),
      (pieces, most) => {
        const whole = Buffer.concat(pieces);
        const capture = new HeadAndTail(most);
        for (const piece of pieces) capture.push(piece);
        const { head, tail, omittedBytes } = capture.result();
        const half = Math.floor(most / 2);
        expect(head).toEqual(whole.subarray(0, half));
        expect(head.length + omittedBytes + tail.length).toBe(whole.length);
        expect(tail).toEqual(whole.subarray(whole.length - tail.length));
        expect(omittedBytes === 0 || tail.length === half).toBe(true);
      },
    ),
  );
});

it('says in its text how much is missing, and nothing when nothing is', () => {
  const text = (size: number): string => {
    const capture = new HeadAndTail(8);
    capture.push(Buffer.from('abcdefghijkl'.slice(0, size)));
    return Buffer.from(joined(capture.result())).toString('utf8');
  };
  expect(text(8)).toBe('abcdefgh');
  expect(text(12)).toBe('abcd\n… 4 bytes left out …\nijkl');
});
