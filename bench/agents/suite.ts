import type { Row } from '../row.ts';
import { makespan } from './makespan.ts';
import { manySessions } from './many-sessions.ts';
import { turnOverhead } from './turn-overhead.ts';

const overheadRows = ['', '-system', '-tools', '-wrapping'].map((part) => `overhead-tokens${part}`);

/** `isWanted`: whether a row was asked for; what no wanted row needs is not run. */
export async function* rows(isWanted: (row: string) => boolean): AsyncGenerator<Row> {
  if (overheadRows.some(isWanted)) yield* await turnOverhead();
  if (isWanted('sessions-500-rss-mb') || isWanted('sessions-500-late-ms')) yield* await manySessions();
  if (isWanted('makespan/bound')) yield* await makespan();
}
