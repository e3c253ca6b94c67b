import type { Row } from '../row.ts';
import { cloning } from './cloning.ts';
import { creatingIssues } from './creating-issues.ts';
import { listingIssues } from './listing-issues.ts';
import { starting } from './starting.ts';

/** All figures of the forge. Wall-clock figures want a machine that does nothing else. */
export async function* rows(): AsyncIterable<Row> {
  yield await starting();
  yield await creatingIssues();
  yield await cloning();
  yield await listingIssues();
}
