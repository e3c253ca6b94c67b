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

interface Compared extends Figure {
  readonly reference: Row['reference'];
}

export const absolute = (suite: string, figure: Figure): Row => ({
  suite,
  ...figure,
  reference: { name: figure.name, value: figure.value },
  ratio: 1,
});

/** The value as a share or a multiple of its reference, both in `unit`. */
export const relative = (suite: string, figure: Compared): Row => ({
  suite,
  ...figure,
  ratio: figure.value / figure.reference.value,
});

/** How many times as fast as its reference something is, both of them times. */
export const timesAsFast = (suite: string, figure: Omit<Compared, 'better'>): Row => ({
  suite,
  ...figure,
  ratio: figure.reference.value / figure.value,
  better: 'higher',
});

export const isAbsolute = (row: Row): boolean => row.reference.name === row.name;

/** What the target speaks of: an absolute figure's value, else the ratio. */
export const measuredOf = (row: Row): number => (isAbsolute(row) ? row.value : row.ratio);

export const isMet = (row: Row): boolean =>
  row.better === 'lower' ? measuredOf(row) <= row.target : measuredOf(row) >= row.target;

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
