import type { Database } from 'better-sqlite3';
import type { EventTypes } from '../log/encode-data.ts';
import { prepareReadProjected } from '../log/read-projected.ts';
import type { Projection } from './projection.ts';
import { createNewTables, newTableName, swapTables } from './projection-tables.ts';
import { openProjector, type Projector } from './projector.ts';

/**
 * Rows are written out and let go once this many have changed. V8 enlarges its young generation by what it finds alive
 * there, and moves that to the old one, which is cleared far later: few rows and short pages keep memory flat however long
 * the log is.
 */
const writtenAt = 250;
const page = 50;

/** A projection on its way to being made anew from the log, beside the tables that people still read. */
export interface Rebuild {
  /** Handles at most `limit` further events; false when there are no more for now. For inside a transaction. */
  step(limit: number): boolean;
  /** Handles what is left and swaps the tables. For inside a transaction. */
  finish(): void;
}

/** For inside a transaction. */
export function startRebuild(db: Database, projection: Projection, types: EventTypes): Rebuild {
  createNewTables(db, projection);
  const projector: Projector = openProjector(db, projection, newTableName);
  const readProjected = prepareReadProjected(db, types, projector.handles);
  let position = 0;
  const step = (limit: number): boolean => {
    const { events, last, read } = readProjected(position, limit);
    for (const event of events) projector.handle(event);
    position = last;
    if (projector.changedRows >= writtenAt) {
      projector.flush();
      projector.forget();
    }
    return read === limit;
  };
  return {
    step,
    finish() {
      while (step(page));
      projector.flush();
      swapTables(db, projection);
    },
  };
}
