import { describe, expect, test } from 'vitest';
import { addedLines, lostLines, unnamedLines } from './lost-lines.ts';

describe('lines that a side added', () => {
  test('are those that stand more often than before', () => {
    expect(addedLines('a\nb\n', 'a\nb\nc\na\n')).toEqual(['c', 'a']);
  });
  test('leave out brackets and empty lines', () => {
    expect(addedLines('', '{\n  x: 1,\n}\n\n')).toEqual(['x: 1,']);
  });
});

describe('lost lines', () => {
  test('are none where the result holds them, in another order, indentation or file', () => {
    expect(lostLines('', 'one\n  two\n', ['  two\n', '\tone'])).toEqual([]);
  });
  test('are named once', () => {
    expect(lostLines('base\n', 'base\nnew\nnew\n', ['base\n'])).toEqual(['new']);
  });
  test('that a text quotes are not lost without a word', () => {
    const lines = ['return a + b;', 'retry(3)'];
    expect(unnamedLines(lines, 'I dropped `return a +\n b;` because both do the same.')).toEqual([
      'retry(3)',
    ]);
  });
});
