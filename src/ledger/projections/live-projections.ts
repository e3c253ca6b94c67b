import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../domain/event.ts';
import type { EventTypes } from '../log/encode-data.ts';
import type { EventLog } from '../log/event-log.ts';
import { type OpeningPlan, planOpening } from './plan-opening.ts';
import type { Projection } from './projection.ts';
import { prepareProjectionStatuses } from './projection-status.ts';
import { createTables } from './projection-tables.ts';
import { asProjected, openProjector, type Projector } from './projector.ts';
import { startRebuild } from './rebuild.ts';

/** How many events are handled before others have their turn. */
const eventsPerTurn = 250;

/** The projections of a ledger, kept in step with its log in the same transaction. */
export interface LiveProjections {
  project(event: RecordedEvent): void;
  flush(): void;
  forget(): void;
  /** Takes up what another process has finished making anew. */
  refresh(): void;
  /**
   * Makes those anew whose version changed, a part in each turn of the event loop; what people read of them until then is
   * as old as the rebuild's start. Rejects where an event can't be read or a handler throws.
   */
  rebuildOld(): Promise<void>;
  readonly hasOld: boolean;
  /** No further turn of a rebuild is begun; the next town begins anew. */
  stop(): void;
}

interface Opening {
  readonly db: Database;
  readonly path: string;
  readonly projections: readonly Projection[];
  readonly log: Pick<EventLog, 'lastPosition'>;
  readonly types: EventTypes;
  /** Whether this process may make projections anew: a town may, a tool beside a town may not. */
  readonly mayRebuild: () => boolean;
}

/** Makes the tables of a new ledger; throws `other-version` where a town of another version keeps them. */
export function openLiveProjections({
  db,
  path,
  projections,
  log,
  types,
  mayRebuild,
}: Opening): LiveProjections {
  const statuses = prepareProjectionStatuses(db);
  const live = new Map<string, Projector>();
  /** Those that events of a type concern. */
  const concerned = new Map<string, readonly Projector[]>();
  /** Those that an event was handed to since the last flush. */
  let told: Projector[] = [];
  const goLive = (projection: Projection): void => {
    live.set(projection.name, openProjector(db, projection));
    concerned.clear();
  };
  const concernedBy = (type: string): readonly Projector[] => {
    const known = concerned.get(type);
    if (known !== undefined) return known;
    const found = [...live.values()].filter((one) => one.handles(type));
    concerned.set(type, found);
    return found;
  };
  const plan: OpeningPlan = db
    .transaction(() => {
      const isEmpty = log.lastPosition() === 0;
      const planned = planOpening({ path, projections, stored: statuses.all(), isEmpty, mayRebuild });
      for (const projection of planned.create) {
        createTables(db, projection);
        statuses.set({ name: projection.name, version: projection.version, status: 'live' });
      }
      for (const { name, version } of planned.rebuild) statuses.set({ name, version, status: 'rebuilding' });
      return planned;
    })
    .immediate();
  for (const projection of [...plan.ready, ...plan.create]) goLive(projection);
  let stopped = false;

  const rebuild = async (projection: Projection): Promise<void> => {
    const running = db.transaction(() => startRebuild(db, projection, types)).immediate();
    const step = db.transaction(() => running.step(eventsPerTurn));
    while (!stopped && step.immediate()) await setImmediate();
    if (stopped) return;
    db.transaction(() => {
      running.finish();
      statuses.set({ name: projection.name, version: projection.version, status: 'live' });
    }).immediate();
    goLive(projection);
  };

  return {
    project(event) {
      const projected = asProjected(event);
      for (const one of concernedBy(event.type)) {
        if (!told.includes(one)) told.push(one);
        one.handle(projected);
      }
    },
    flush() {
      for (const one of told) one.flush();
      told = [];
    },
    forget() {
      told = [];
      for (const one of live.values()) one.forget();
    },
    refresh() {
      if (plan.wait.every(({ name }) => live.has(name))) return;
      const stored = statuses.all();
      for (const projection of plan.wait) {
        if (!live.has(projection.name) && stored.get(projection.name)?.status === 'live') goLive(projection);
      }
    },
    hasOld: plan.rebuild.length > 0,
    async rebuildOld() {
      for (const projection of plan.rebuild) {
        await setImmediate();
        if (!stopped) await rebuild(projection);
      }
    },
    stop() {
      stopped = true;
    },
  };
}
