import { expect, it } from 'vitest';
import { forTerminal, onOneLine } from './for-terminal.ts';

it('drops escape sequences whole: colours, cursor moves, titles, links, clipboard writes', () => {
  const text =
    '\u001b[31mred\u001b[0m \u001b[2J\u001b]0;title\u0007\u001b]8;;http://x\u0007link\u001b]8;;\u0007 \u001b]52;c;aGk=\u0007end';
  expect(forTerminal(text)).toBe('red link end');
});

it('drops control characters, 8-bit ones and carriage returns that would overwrite a line', () => {
  expect(forTerminal('a\u0000b\u0008c\rd\u009b31me\u007f')).toBe('abcde');
  expect(forTerminal('one\r\ntwo\tthree\n')).toBe('one\ntwo\tthree\n');
});

it('drops marks that turn the direction of text', () => {
  expect(forTerminal('if (x\u202e) \u2066y')).toBe('if (x) y');
});

it('leaves text of every script as it is', () => {
  expect(forTerminal('naïve – 漢字 🚂 é')).toBe('naïve – 漢字 🚂 é');
});

it('makes one line of a width', () => {
  expect(onOneLine('  one\n two\u001b[1m three  ', 40)).toBe('one two three');
  expect(onOneLine('abcdefghij', 5)).toBe('abcd…');
});
