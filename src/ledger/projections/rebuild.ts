import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../domain/event.ts';
import type { Projection } from './projection.ts';
import { createNewTables, newTableName, swapTables } from './projection-tables.ts';
import { asProjected, openProjector, type Projector } from './projector.ts';

/** Rows are written out once this many have changed, so that memory stays flat however long the log is. */
const writtenAt = 20_000;

/** A projection on its way to being made anew from the log, beside the tables that people still read. */
export interface Rebuild {
  /** Handles at most `limit` further events; false when there are no more for now. For inside a transaction. */
  step(limit: number): boolean;
  /** Handles what is left and swaps the tables. For inside a transaction. */
  finish(): void;
}

type ReadLog = (after: number, limit: number) => readonly RecordedEvent[];

/** For inside a transaction. */
export function startRebuild(db: Database, projection: Projection, readAll: ReadLog): Rebuild {
  createNewTables(db, projection);
  const projector: Projector = openProjector(db, projection, newTableName);
  let position = 0;
  const step = (limit: number): boolean => {
    const events = readAll(position, limit);
    for (const event of events) projector.handle(asProjected(event));
    position = events.at(-1)?.position ?? position;
    if (projector.changedRows >= writtenAt) projector.flush();
    return events.length === limit;
  };
  return {
    step,
    finish() {
      while (step(1_000));
      projector.flush();
      swapTables(db, projection);
    },
  };
}
