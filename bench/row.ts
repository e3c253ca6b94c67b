/** One figure of a bench. An absolute one has the number itself as its reference and a ratio of 1. */
export interface Row {
  readonly suite: string;
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference: { readonly name: string; readonly value: number };
  readonly ratio: number;
  readonly target: number;
  readonly better: 'higher' | 'lower';
}

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly target: number;
  readonly better: 'higher' | 'lower';
}

export const absolute = (suite: string, figure: Figure): Row => ({
  suite,
  ...figure,
  reference: { name: figure.name, value: figure.value },
  ratio: 1,
});

/** `ratio` is what the target speaks of; `value` and `reference` are what it was made from, in `unit`. */
export const relative = (
  suite: string,
  figure: Figure & { readonly reference: { readonly name: string; readonly value: number } },
): Row => ({
  suite,
  ...figure,
  ratio:
    figure.better === 'lower' ? figure.value / figure.reference.value : figure.reference.value / figure.value,
});

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
