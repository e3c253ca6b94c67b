import type { Database, Statement } from 'better-sqlite3';
import type { Cell, Row, Table, TableDefinition } from './projection.ts';

/** Rows that are kept in memory between transactions; above this, memory is given back. Each is copied by the collector once. */
const keptRows = 250;

/** A table with its changed rows held back until `flush`, so that a row is written once however often it changes. */
export interface RowTable extends Table {
  /** Writes what changed. */
  flush(): void;
  /** Drops what is in memory: after a rollback, or after another process wrote. */
  forget(): void;
  readonly changedRows: number;
}

export function createTable(db: Database, name: string, definition: TableDefinition): void {
  const columns = Object.entries(definition.columns).map(([column, type]) => `${quote(column)} ${type}`);
  db.exec(
    `CREATE TABLE ${quote(name)} (${columns.join(', ')}, PRIMARY KEY (${list(definition.key)})) STRICT, WITHOUT ROWID`,
  );
}

export function createIndexes(db: Database, name: string, definition: TableDefinition): void {
  for (const columns of definition.indexes ?? []) {
    db.exec(`CREATE INDEX ${quote([name, ...columns].join('_'))} ON ${quote(name)} (${list(columns)})`);
  }
}

export function openTable(db: Database, name: string, definition: TableDefinition): RowTable {
  const columns = Object.keys(definition.columns);
  const byKey = definition.key.map((column) => `${quote(column)} = ?`).join(' AND ');
  const select = db.prepare<Cell[], Row>(`SELECT ${list(columns)} FROM ${quote(name)} WHERE ${byKey}`);
  const upsert = prepareUpsert(db, name, definition);
  const remove = db.prepare<Cell[]>(`DELETE FROM ${quote(name)} WHERE ${byKey}`);
  // A map is replaced, never cleared: V8 links what a map held to what it holds later, so that once one of these is in the
  // old generation, each later one follows it there alive, and memory grows with every row that was ever touched.
  let rows = new Map<string, Row | null>();
  let changed = new Map<string, readonly Cell[]>();
  const keyOf = (row: Row): Cell[] => definition.key.map((column) => row[column] ?? null);

  return {
    get changedRows() {
      return changed.size;
    },
    get(...key) {
      const text = textOf(key);
      const kept = rows.get(text);
      if (kept !== undefined) return kept ?? undefined;
      const stored = select.get(...key);
      rows.set(text, stored ?? null);
      return stored;
    },
    put(row) {
      const key = keyOf(row);
      const text = textOf(key);
      rows.set(text, row);
      changed.set(text, key);
    },
    delete(...key) {
      const text = textOf(key);
      rows.set(text, null);
      changed.set(text, key);
    },
    flush() {
      for (const [text, key] of changed) {
        const row = rows.get(text);
        if (row) upsert.run(...columns.map((column) => row[column] ?? null));
        else remove.run(...key);
      }
      if (changed.size > 0) changed = new Map();
      if (rows.size > keptRows) rows = new Map();
    },
    forget() {
      if (changed.size > 0) changed = new Map();
      if (rows.size > 0) rows = new Map();
    },
  };
}

function prepareUpsert(db: Database, name: string, definition: TableDefinition): Statement<Cell[]> {
  const columns = Object.keys(definition.columns);
  const others = columns.filter((column) => !definition.key.includes(column));
  const update =
    others.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${others.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ')}`;
  return db.prepare<Cell[]>(
    `INSERT INTO ${quote(name)} (${list(columns)}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (${list(definition.key)}) DO ${update}`,
  );
}

/** Keys are texts and whole numbers, of one type per column, so the joined text is as unique as the key. */
function textOf(key: readonly Cell[]): string {
  return key.length === 1 ? String(key[0]) : key.join('\u0000');
}

export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function list(columns: readonly string[]): string {
  return columns.map(quote).join(', ');
}
