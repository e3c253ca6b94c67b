import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stripInvisible } from './strip-invisible.ts';

test.each([
  ['tag characters', 'a\u{e0041}\u{e0000}\u{e007f}b'],
  ['variation selectors', 'a\ufe0f\ufe00\u{e0100}\u{e01ef}\u180bb'],
  ['invisible operators', 'a\u2061\u2062\u2063\u2064\u206a\u206fb'],
  ['bidirectional controls', 'a\u202e\u2066\u2069\u200e\u200f\u061cb'],
  ['zero-width characters', 'a\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034fb'],
  ['blank fillers', 'a\u115f\u1160\u3164\uffa0\u2800b'],
  ['control characters', 'a\u0000\u0007\u001b\u007f\u0085\rb'],
  ['other invisible characters', 'a\u17b4\u{1d173}\ufff9\u{e0fff}b'],
])('%s are removed, and it is said', (name, text) => {
  expect(stripInvisible(text)).toEqual({ text: 'ab', removed: [name] });
});

test('what people can see stays: letters of all scripts, emoji, line ends and tabs', () => {
  const seen = 'Grüße, 你好, Привет, שלום, 🚀 👩🏽 \n\t- [ ] `code` <b>bold</b>\n';
  expect(stripInvisible(seen)).toEqual({ text: seen, removed: [] });
});

test('a joined emoji falls into its parts, each still seen', () => {
  expect(stripInvisible('👩\u200d💻').text).toBe('👩💻');
});

test('line ends of Windows become those of everyone, and half characters a mark', () => {
  expect(stripInvisible('a\r\nb')).toEqual({ text: 'a\nb', removed: [] });
  expect(stripInvisible('a\ud83d').text).toBe('a\ufffd');
});

test('nothing that may be left out when a text is shown is ever left in it', () => {
  const codePoint = fc.oneof(
    fc.integer({ min: 0, max: 0x10ffff }),
    fc.integer({ min: 0xe0000, max: 0xe0fff }),
    fc.integer({ min: 0x2000, max: 0x206f }),
  );
  fc.assert(
    fc.property(fc.array(codePoint), (codes) => {
      const { text } = stripInvisible(String.fromCodePoint(...codes));
      expect(text).not.toMatch(/\p{Default_Ignorable_Code_Point}|(?![\n\t])\p{Cc}|\p{Cs}/u);
      expect(stripInvisible(text)).toEqual({ text, removed: [] });
    }),
  );
});
