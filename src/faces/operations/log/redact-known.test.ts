import { describe, expect, test } from 'vitest';
import { redactKnown } from './redact-known.ts';

const key = 'nebius-key/with+signs=and 31 more';
const encoded = {
  'as it is': key,
  'in base64': Buffer.from(key).toString('base64'),
  'in base64url': Buffer.from(key).toString('base64url'),
  'in hexadecimal': Buffer.from(key).toString('hex'),
  'percent-encoded': encodeURIComponent(key),
  'in JSON': JSON.stringify({ key }),
};
const redact = redactKnown(['', key]);
/** As much of it as would be of use to anybody. */
const pieces = (text: string) =>
  Array.from({ length: Math.max(0, text.length - 19) }, (_, at) => text.slice(at, at + 20));

describe('a token in an output is not shown', () => {
  test.each(Object.entries(encoded))('%s', (_, text) => {
    const shown = redact(`It says ${text} and ends.`);
    expect(shown).toMatch(/^It says .*\[redacted\].* and ends\.$/);
    for (const form of Object.values(encoded))
      expect(pieces(form).filter((piece) => shown.includes(piece))).toEqual([]);
  });

  test.each([1, 2, 3, 4])('in base64 of a text in which it stands after %i other bytes', (before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${key}${'y'.repeat(5)}`).toString('base64');
    const shown = redact(text);
    expect(pieces(text.slice(4, -4)).filter((piece) => shown.includes(piece))).toEqual([]);
  });

  test('without its first characters', () => {
    expect(redact(key.slice(7))).toBe('[redacted]');
    expect(redact(Buffer.from(key.slice(7)).toString('hex'))).toBe('[redacted]');
  });

  test('and nothing else is touched', () => {
    const text = 'A line with words, 0123456789abcdef and aGVsbG8gd29ybGQ=.';
    expect(redact(text)).toBe(text);
  });
});
