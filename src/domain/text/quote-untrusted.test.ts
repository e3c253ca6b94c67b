import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  defuse,
  fenceUntrusted,
  inlineUntrusted,
  quoteUntrusted,
  titleUntrusted,
} from './quote-untrusted.ts';

const long = 10_000;
/** What GitHub would act on, in a text as we post it. */
const mention = /@[\w-]/;
const reference = /#\d|\bGH-\d|\/(?:issues|pull|discussions)\/\d/i;
const closing =
  /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\s*:?\s+(?:[\w.-]+\/[\w.-]+)?(?:#\d|GH-\d|https?:)/i;
const command = /^\s*\//m;

test.each(['@ada', 'cc @ada-org/team', 'x@y.org', '&#64;ada', '&commat;ada', '@\u200bada', '`@ada`'])(
  'mentions nobody: %s',
  (text) => {
    const posted = defuse(text, long);
    expect(posted).not.toMatch(mention);
    expect(posted).not.toMatch(/&(?:#|commat)/);
  },
);

const keywords = [
  'close',
  'closes',
  'closed',
  'fix',
  'fixes',
  'fixed',
  'resolve',
  'resolves',
  'resolved',
  'FIXES',
];
const targets = [
  '#1',
  'ada/thing#1',
  'GH-1',
  'gh-1',
  'https://github.com/ada/thing/issues/1',
  'https://ghe.x/a/b/pull/2',
];
test.each(keywords)('closes nothing: %s', (keyword) => {
  for (const between of [' ', ': ', ' : ', '\n', '  ', '\u200b ', ':\u00a0']) {
    for (const target of targets) {
      const posted = defuse(`This ${keyword}${between}${target}.`, long);
      expect(posted).not.toMatch(closing);
      expect(posted).not.toMatch(reference);
    }
  }
});

test.each(['/stop', '  /approve', 'fine\n/budget +5usd', '\u200b/stop'])('commands nothing: %s', (text) => {
  expect(defuse(text, long)).not.toMatch(command);
});

test('holds no HTML, so nothing hides in it and no marker of ours can be forged by it', () => {
  expect(defuse('<!-- gas-town status-comment x -->', long)).toBe('&lt;!-- gas-town status-comment x -->');
  expect(defuse('<img src=x>', long)).toBe('&lt;img src=x>');
});

test('shows no picture, which would call home', () => {
  expect(defuse('![x](https://evil/?q=1)', long)).not.toMatch(/!\[/);
});

test.each([
  ['text\n```js\nlet a;', true],
  ['~~~~\nx\n~~~', true],
  ['```\nx\n```', false],
  ['```x``` inline', false],
  ['```\n~~~\n```', false],
])('no code block stays open: %s', (text, wasOpen) => {
  const posted = defuse(text, long);
  expect(posted === text).toBe(!wasOpen);
  expect(defuse(posted, long)).toBe(posted);
});

test('is cut at its length, never within a character or a secret', () => {
  expect(defuse('abcdef', 3)).toBe('abc… (cut)');
  expect(defuse('ab🚀', 3)).toBe('ab… (cut)');
  expect(defuse(`ghp_${'a'.repeat(36)}`, 12)).not.toContain('aaa');
});

test('a quotation stays one on every line', () => {
  expect(quoteUntrusted('a\nb\n\nc', long)).toBe('> a\n> b\n> \n> c');
});

test('a cell is one line, and opens neither a column nor code', () => {
  const cell = inlineUntrusted('a\n| b \\| `c` ```', long);
  expect(cell).not.toMatch(/[\n|`]/);
  expect(inlineUntrusted('  /stop ', long)).not.toMatch(command);
});

test('a title is one line, and shows its signs as they are', () => {
  expect(titleUntrusted(' Support List<T>\n& R&amp;D | `x` ', long)).toBe('Support List<T> & R&amp;D | `x`');
  expect(titleUntrusted('fixes #1 for @ada', long)).not.toMatch(/#1|@ada/);
});

test('a fence is longer than any in the output that it holds', () => {
  const fenced = fenceUntrusted('a\n```\n`````\nb', long).split('\n');
  expect(fenced[0]).toBe('``````text');
  expect(fenced.at(-1)).toBe('``````');
});

test('the end of an output is what is kept of it, comments and all', () => {
  expect(fenceUntrusted('0123456789', 4)).toBe('```text\n… (cut)\n6789\n```');
  expect(fenceUntrusted('<!-- open\nthen the error', long)).toContain('then the error');
});

test('no text, however it is put together, becomes anything that GitHub acts on', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '@',
      'ada',
      '#',
      '1',
      'fixes',
      ' ',
      ':',
      'GH-',
      '/',
      'issues',
      '\n',
      '&',
      '#64;',
      '<',
      '!',
      '[',
      '`',
      '~~~',
      '\u200b',
      '\u2060',
      '\r',
      '|',
    ),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 1, max: 60 }), (pieces, length) => {
      const text = pieces.join('');
      for (const posted of [
        defuse(text, length),
        quoteUntrusted(text, length),
        inlineUntrusted(text, length),
      ]) {
        expect(posted).not.toMatch(mention);
        expect(posted).not.toMatch(reference);
        expect(posted).not.toMatch(closing);
        expect(posted).not.toMatch(command);
        expect(posted).not.toMatch(/<|!\[/);
        expect(posted.isWellFormed()).toBe(true);
      }
      expect(inlineUntrusted(text, length)).not.toMatch(/[\n|`]/);
    }),
    { numRuns: 2000 },
  );
});
