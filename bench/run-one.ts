import type { Row } from './row.ts';
import { rowLine } from './row-text.ts';
import { openSuite } from './suites.ts';

/** Measures one suite, or those of its rows that are named in `only`; gives the exit code. */
export async function runOne(name: string, json: boolean, only: readonly string[] | null): Promise<number> {
  const isWanted = (row: string): boolean => only === null || only.includes(row);
  const { rows } = await openSuite(name);
  const measured: Row[] = [];
  for await (const row of rows(isWanted)) {
    if (!isWanted(row.name)) continue;
    measured.push(row);
    console.log(json ? JSON.stringify(row) : rowLine(row));
  }
  if (!json) for (const row of measured) console.log(JSON.stringify(row));
  const missing = (only ?? []).filter((row) => !measured.some((one) => one.name === row));
  if (missing.length === 0) return 0;
  console.error(`The suite ${name} has no row ${missing.join(', ')}.`);
  return 2;
}
