import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../domain/event.ts';
import type { Projection } from './projection.ts';
import { prepareProjectionStatuses } from './projection-status.ts';
import { createTables } from './projection-tables.ts';
import { asProjected, openProjector, type Projector } from './projector.ts';
import { startRebuild } from './rebuild.ts';

/** The projections of a ledger, kept in step with its log in the same transaction. */
export interface LiveProjections {
  project(event: RecordedEvent): void;
  flush(): void;
  forget(): void;
}

interface Log {
  lastPosition(): number;
  readAll(after: number, limit: number): readonly RecordedEvent[];
}

/** Makes the tables that are missing, and makes anew those whose projection has another version. */
export function openLiveProjections(
  db: Database,
  projections: readonly Projection[],
  log: Log,
): LiveProjections {
  const statuses = prepareProjectionStatuses(db);
  db.transaction(() => {
    const stored = statuses.all();
    for (const projection of projections) {
      const { name, version } = projection;
      const before = stored.get(name);
      if (before?.version === version && before.status === 'live') continue;
      if (before === undefined && log.lastPosition() === 0) createTables(db, projection);
      else startRebuild(db, projection, log.readAll).finish();
      statuses.set({ name, version, status: 'live' });
    }
  }).immediate();
  const live: Projector[] = projections.map((projection) => openProjector(db, projection));
  return {
    project(event) {
      const projected = asProjected(event);
      for (const one of live) one.handle(projected);
    },
    flush() {
      for (const one of live) one.flush();
    },
    forget() {
      for (const one of live) one.forget();
    },
  };
}
