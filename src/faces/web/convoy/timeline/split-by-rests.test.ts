import { expect, it } from 'vitest';
import { splitByRests } from './split-by-rests.ts';
import type { Rest, Span } from './timeline.ts';

const split = (
  to: number | null,
  rests: readonly Rest[],
): readonly (readonly [Span['kind'], number, number | null])[] =>
  splitByRests({ kind: 'agent', from: 10, to, words: 'thinks' }, rests, 'waits').map(
    ({ kind, from, to }) => [kind, from, to] as const,
  );

it('is one span without a rest', () => {
  expect(split(100, [])).toEqual([['agent', 10, 100]]);
});

it('shows work, rest and work in turn', () => {
  expect(
    split(100, [
      { from: 20, to: 40 },
      { from: 60, to: 90 },
    ]),
  ).toEqual([
    ['agent', 10, 20],
    ['waiting', 20, 40],
    ['agent', 40, 60],
    ['waiting', 60, 90],
    ['agent', 90, 100],
  ]);
});

it('rests until now when nothing has woken it', () => {
  expect(split(null, [{ from: 20, to: null }])).toEqual([
    ['agent', 10, 20],
    ['waiting', 20, null],
  ]);
});

it('ends with its span, whatever the rest says', () => {
  expect(
    split(50, [
      { from: 20, to: null },
      { from: 60, to: 70 },
    ]),
  ).toEqual([
    ['agent', 10, 20],
    ['waiting', 20, 50],
  ]);
});
