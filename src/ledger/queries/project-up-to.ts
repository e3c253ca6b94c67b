import Sqlite, { type Database } from 'better-sqlite3';
import { prepareReadProjected } from '../log/read-projected.ts';
import type { LedgerReader } from '../open-reader.ts';
import type { Projection } from '../projections/projection.ts';
import { createTables } from '../projections/projection-tables.ts';
import { openProjector } from '../projections/projector.ts';

const page = 250;
/** Rows are written out once this many have changed. */
const writtenAt = 250;

/** A read model in a database of its own in memory, made of the events up to a position. */
export function projectUpTo(
  reader: LedgerReader,
  projection: Projection,
  position: number,
): Disposable & { readonly db: Database } {
  const db = new Sqlite(':memory:');
  createTables(db, projection);
  const projector = openProjector(db, projection);
  const readProjected = prepareReadProjected(reader.db, reader.types, projector.handles);
  let at = 0;
  while (at < position) {
    const { events, last, read } = readProjected(at, Math.min(page, position - at));
    if (read === 0) break;
    for (const event of events) projector.handle(event);
    at = last;
    if (projector.changedRows >= writtenAt) {
      projector.flush();
      projector.forget();
    }
  }
  projector.flush();
  return { db, [Symbol.dispose]: () => db.close() };
}
