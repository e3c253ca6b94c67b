import type { Row } from '../row.ts';
import { makespan } from './makespan.ts';
import { manySessions } from './many-sessions.ts';
import { turnOverhead } from './turn-overhead.ts';

export async function* rows(): AsyncGenerator<Row> {
  yield* await turnOverhead();
  yield* await manySessions();
  yield* await makespan();
}
