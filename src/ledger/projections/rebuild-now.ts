import type { Database } from 'better-sqlite3';
import { eventTypes } from '../../domain/event-types.ts';
import { allProjections } from './all-projections.ts';
import { prepareProjectionStatuses } from './projection-status.ts';
import { startRebuild } from './rebuild.ts';

/** Makes every read model anew, one after the other; gives their names. For inside a transaction. */
export function rebuildNow(db: Database): readonly string[] {
  const statuses = prepareProjectionStatuses(db);
  for (const projection of allProjections) {
    startRebuild(db, projection, eventTypes).finish();
    statuses.set({ name: projection.name, version: projection.version, status: 'live' });
  }
  return allProjections.map(({ name }) => name);
}
