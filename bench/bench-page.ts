import { readFileSync } from 'node:fs';
import type { Row } from './row.ts';
import { rowText } from './row-text.ts';

export interface BenchRun {
  /** What it ran on, a fact a line. */
  readonly machine: readonly string[];
  readonly rows: readonly Row[];
  /** Suites that did not end well, whose rows may be missing. */
  readonly failed: readonly string[];
}

/** What profiles found, as text: it was measured when it was mended, and is not measured anew. */
const hotSpots = readFileSync(`${import.meta.dirname}/hot-spots.md`, 'utf8')
  .trimEnd()
  .split('\n');

/** The page of figures: the machine, then a table for each suite, then what profiles found. */
export function benchPage({ machine, rows, failed }: BenchRun): string {
  const suites = [...new Set(rows.map((row) => row.suite))];
  return [
    '# Benchmarks',
    '',
    '<!-- Made by `npm run bench`; the same figures are in benchmarks.json. -->',
    '',
    'Every figure of one run, one suite after the other. A ratio compares with a reference that was measured in the same',
    'run, so it says something on other machines too; a figure without one is what this machine gave:',
    '',
    ...machine.map((fact) => `- ${fact}`),
    '',
    '`npm run bench` measures all of it anew and makes this page; `npm run bench -- <suite>` measures one suite, and',
    '`--only <row>` one row of it.',
    ...(failed.length === 0 ? [] : ['', `**Not measured to the end: ${failed.join(', ')}.**`]),
    ...suites.flatMap((suite) => suiteTable(suite, rows)),
    ...hotSpots,
    '',
  ].join('\n');
}

function suiteTable(suite: string, rows: readonly Row[]): string[] {
  return [
    '',
    `## ${suite}`,
    '',
    '| row | measured | target | |',
    '|---|---|---|---|',
    ...rows
      .filter((row) => row.suite === suite)
      .map((row) => {
        const { figure, target, met } = rowText(row);
        return `| \`${row.name}\` | ${figure.replaceAll('|', '\\|')} | ${target} | ${met} |`;
      }),
  ];
}
