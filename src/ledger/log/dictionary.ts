import type { Database } from 'better-sqlite3';
import { LedgerError } from '../ledger-error.ts';

/**
 * A table of texts that events name by number. Texts are only ever added, so what is known stays true until a
 * transaction that added some is rolled back: then `forget` it all.
 */
export interface Dictionary<Entry> {
  idOf(entry: Entry): number;
  /** Null where it was never added. */
  find(entry: Entry): number | null;
  entryOf(id: number): Entry;
  forget(): void;
}

interface DictionaryTable<Entry> {
  readonly table: string;
  readonly idColumn: string;
  readonly columns: readonly string[];
  /** What tells an entry from all others: it is looked up by this each time an event is written. */
  toText(entry: Entry): string;
  toValues(entry: Entry): readonly (string | number)[];
  fromValues(values: readonly (string | number)[]): Entry;
}

export function openDictionary<Entry>(db: Database, of: DictionaryTable<Entry>): Dictionary<Entry> {
  const columns = of.columns.join(', ');
  const same = of.columns.map((column) => `${column} = ?`).join(' AND ');
  const marks = of.columns.map(() => '?').join(', ');
  const select = db
    .prepare<(string | number)[], number>(`SELECT ${of.idColumn} FROM ${of.table} WHERE ${same}`)
    .pluck();
  const selectById = db
    .prepare<[number], (string | number)[]>(`SELECT ${columns} FROM ${of.table} WHERE ${of.idColumn} = ?`)
    .raw();
  const insert = db.prepare<(string | number)[]>(`INSERT INTO ${of.table} (${columns}) VALUES (${marks})`);
  const ids = new Map<string, number>();
  const entries = new Map<number, Entry>();

  const find = (entry: Entry): number | null => {
    const text = of.toText(entry);
    const known = ids.get(text);
    if (known !== undefined) return known;
    const id = select.get(...of.toValues(entry));
    if (id === undefined) return null;
    ids.set(text, id);
    return id;
  };

  return {
    find,
    idOf(entry) {
      const known = find(entry);
      if (known !== null) return known;
      return Number(insert.run(...of.toValues(entry)).lastInsertRowid);
    },
    entryOf(id) {
      const known = entries.get(id);
      if (known !== undefined) return known;
      const values = selectById.get(id);
      if (values === undefined) {
        const detail = `${of.table} has no entry ${id}`;
        throw new LedgerError({ kind: 'corrupt', path: db.name, detail, position: null });
      }
      const entry = of.fromValues(values);
      entries.set(id, entry);
      return entry;
    },
    forget() {
      ids.clear();
      entries.clear();
    },
  };
}
