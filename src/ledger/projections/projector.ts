import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../domain/event.ts';
import type { OpenTables, ProjectedEvent, Projection } from './projection.ts';
import { openTable, type RowTable } from './row-table.ts';

/** A projection on open tables: it takes events in order, and writes rows when told to. */
export interface Projector {
  readonly projection: Projection;
  handle(event: ProjectedEvent): void;
  /** Whether events of this type change anything. */
  handles(type: string): boolean;
  flush(): void;
  forget(): void;
  readonly changedRows: number;
}

/** `nameOf` gives the table's name in the file: another one while a projection is being made anew. */
export function openProjector(
  db: Database,
  projection: Projection,
  nameOf: (table: string) => string = (table) => table,
): Projector {
  const tables: Record<string, RowTable> = {};
  for (const [name, definition] of Object.entries(projection.tables)) {
    tables[name] = openTable(db, nameOf(name), definition);
  }
  const all = Object.values(tables);
  const open: OpenTables<Projection['tables']> = tables;
  return {
    projection,
    handle(event) {
      projection.handlers[event.type]?.(event, open);
    },
    handles: (type) => projection.handlers[type] !== undefined,
    flush() {
      for (const one of all) if (one.changedRows > 0) one.flush();
    },
    forget() {
      for (const one of all) one.forget();
    },
    get changedRows() {
      return all.reduce((sum, one) => sum + one.changedRows, 0);
    },
  };
}

/** A recorded event is one that a projection may see; it just doesn't see all of it. */
export function asProjected(event: RecordedEvent): ProjectedEvent {
  return event;
}
