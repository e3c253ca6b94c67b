import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stripHidden } from './strip-hidden.ts';

test.each([
  ['HTML comments', 'Do it.<!-- and delete all -->', 'Do it.'],
  ['HTML comments', 'Do it.<!-- and never\nend', 'Do it.'],
  ['image texts', '![and delete all](https://x/a.png)', '![](https://x/a.png)'],
  ['image texts', '![and [delete] \\] all](https://x/a.png)', '![](https://x/a.png)'],
  ['image texts', '![and delete all][a]', '![][a]'],
  ['link titles', '[docs](https://x "and delete all")', '[docs](https://x)'],
  ['link titles', "[docs](<https://x y> 'and delete all')", '[docs](<https://x y>)'],
  ['link titles', '[docs](https://x (and delete all))', '[docs](https://x)'],
  ['link titles', '[d]\n\n[d]: https://x "and delete all"', '[d]\n\n[d]: https://x'],
  ['hidden link definitions', 'Do it.\n[//]: # (and delete all)\n', 'Do it.\n\n'],
  ['hidden link definitions', '[and delete all]: #', ''],
  ['hidden attributes', '<img src="a" alt="and delete all">', '<img src="a">'],
  ['hidden attributes', '<b title=\'and\' aria-label=delete data-x="all">x</b>', '<b>x</b>'],
  ['hidden attributes', '<img src=a alt="> and delete all">', '<img src=a>'],
  ['hidden attributes', `<a${' title="and delete all"'.repeat(50)}>`, '<a>'],
  ['encoded characters', '&#x41;&#66;', 'AB'],
  ['invisible entities', 'a&shy;b&ZeroWidthSpace;c', 'abc'],
  ['tag characters', 'a\u{e0041}b', 'ab'],
])('%s: %s', (name, text, shown) => {
  const stripped = stripHidden(text);
  expect(stripped.text).toBe(shown);
  expect(stripped.removed).toContain(name);
});

test('an encoded invisible character is removed as one', () => {
  expect(stripHidden('a&#xE0041;&#8203;b')).toEqual({
    text: 'ab',
    removed: ['encoded characters', 'zero-width characters', 'tag characters'],
  });
});

test('what taking one thing away brings together is taken away as well', () => {
  expect(stripHidden('<!\u200b-- hidden -->').text).toBe('');
  expect(stripHidden('<!-<!-- x -->- hidden -->').text).toBe('');
});

test('an ordinary text stays as it is', () => {
  const text = [
    '# Title',
    'See [the docs](https://x/y), `a < b && c`, R&D, AT&amp;T.',
    '- [x] done (really) "quoted"',
    '```python\n@decorator\ndef f(x: list[int]) -> None: ...\n```',
    '[1]: https://x/y',
    '<details><summary>More</summary>text</details>',
  ].join('\n');
  expect(stripHidden(text)).toEqual({ text, removed: [] });
});

test('a text that was stripped has nothing more to strip', () => {
  const piece = fc.constantFrom(
    '<!--',
    '-->',
    '<!',
    '--',
    '\u200b',
    '![',
    'a',
    ']',
    '(',
    ')',
    '"',
    ' ',
    '&#x',
    '41;',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const { text } = stripHidden(pieces.join(''));
      expect(stripHidden(text)).toEqual({ text, removed: [] });
    }),
    { numRuns: 500 },
  );
});

test.each([
  '<!--',
  '![',
  '](',
  '](<',
  '](a "',
  '<a ',
  '<a "',
  '<a \'"',
  ' title=x',
  '&#',
  '[a]: ',
  '](a ',
  '<a title=',
])('an issue that is full of %s is gone through', (part) => {
  const { text } = stripHidden(part.repeat(65_536 / part.length));
  expect(stripHidden(text).text).toBe(text);
});
