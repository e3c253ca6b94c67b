import type { Row } from '../row.ts';
import { bisect12 } from './bisect-12.ts';
import { land1gb } from './land-1gb.ts';
import { land50 } from './land-50.ts';

export async function* rows(): AsyncGenerator<Row> {
  yield await land50();
  yield await bisect12();
  yield await land1gb();
}
