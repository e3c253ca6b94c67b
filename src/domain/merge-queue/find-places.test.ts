import { expect, test } from 'vitest';
import { findPlaces } from './find-places.ts';

const there = new Set(['src/a.ts', 'src/b.py', 'main.go', 'test/x.test.js']);
const found = (output: string): string[] =>
  findPlaces(output, (path) => there.has(path)).map(({ path, line }) => `${path}:${line}`);

test.each([
  ['src/a.ts(12,5): error TS2322: no\n', ['src/a.ts:12']],
  ['./main.go:7:2: undefined: x\n', ['main.go:7']],
  ['  File "/workspace/src/b.py", line 3, in test_it\n', ['src/b.py:3']],
  ['    at Test.fn (file:///workspace/test/x.test.js:9:10)\n', ['test/x.test.js:9']],
  ['src/b.py:4: AssertionError\nsrc/b.py:4: again\n', ['src/b.py:4']],
  ['/usr/lib/node/a.ts:1:1\nnode_modules/q/src/q.ts:2\nat 10:30:11\n', []],
])('places that are in the tree are found: %j', (output, expected) => {
  expect(found(output)).toEqual(expected);
});

test('no output costs more than its length, and no more than fifty places are named', () => {
  const many = Array.from({ length: 200 }, (_, line) => `src/a.ts:${line + 1}: x`).join('\n');
  expect(found(many)).toHaveLength(50);
  expect(found('a.'.repeat(100_000))).toEqual([]);
});
