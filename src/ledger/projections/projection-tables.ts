import type { Database } from 'better-sqlite3';
import type { Projection } from './projection.ts';
import { createIndexes, createTable, quote } from './row-table.ts';

/** The name of a table while its projection is being made anew. */
export const newTableName = (table: string): string => `${table}__new`;

export function createTables(db: Database, projection: Projection): void {
  for (const [name, definition] of Object.entries(projection.tables)) {
    createTable(db, name, definition);
    createIndexes(db, name, definition);
  }
}

/** Empty tables under their temporary names; what an interrupted rebuild left is dropped. */
export function createNewTables(db: Database, projection: Projection): void {
  for (const [name, definition] of Object.entries(projection.tables)) {
    db.exec(`DROP TABLE IF EXISTS ${quote(newTableName(name))}`);
    createTable(db, newTableName(name), definition);
  }
}

/** Puts the new tables in the place of the old ones. For inside a transaction. */
export function swapTables(db: Database, projection: Projection): void {
  for (const [name, definition] of Object.entries(projection.tables)) {
    db.exec(`DROP TABLE IF EXISTS ${quote(name)}`);
    db.exec(`ALTER TABLE ${quote(newTableName(name))} RENAME TO ${quote(name)}`);
    createIndexes(db, name, definition);
  }
}
