import { readdirSync } from 'node:fs';
import type { Row } from './row.ts';

/** Each suite is a folder whose `suite.ts` yields its rows as they are measured. */
export interface Suite {
  /** Only what `isWanted` has to be measured; a suite may measure more. */
  rows(isWanted: (name: string) => boolean): AsyncIterable<Row>;
}

/** The names of all suites, in the order of the alphabet. */
export function suiteNames(): readonly string[] {
  return readdirSync(import.meta.dirname, { recursive: false, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => entry.name)
    .sort();
}

export async function openSuite(name: string): Promise<Suite> {
  return import(`./${name}/suite.ts`);
}
