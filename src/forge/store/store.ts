import Database from 'better-sqlite3';
import { firstIds, tables, tablesVersion } from './tables.ts';

type Value = string | number | null;

/** The file was made by a forge whose tables were others. */
export class StoreVersionError extends Error {
  override readonly name = 'StoreVersionError';
  readonly file: string;
  readonly version: number;
  constructor(file: string, version: number) {
    super(`${file} was made by another version of the forge (tables ${version}); start with a new folder`);
    this.file = file;
    this.version = version;
  }
}

/** SQLite with its statements prepared once. Row types are the caller's claim about its own SQL. */
export class Store {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement<Value[]>>();
  readonly #transact: (work: () => unknown) => unknown;

  /** Opens `file` (or `:memory:`) and makes the tables where they are missing. */
  constructor(file: string) {
    this.#database = new Database(file);
    this.#transact = this.#database.transaction((work: () => unknown) => work());
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = NORMAL');
    this.#database.pragma('foreign_keys = ON');
    const version = this.#database.pragma('user_version', { simple: true });
    if (version === 0) this.#create();
    else if (version !== tablesVersion) {
      this.#database.close();
      throw new StoreVersionError(file, Number(version));
    }
  }

  #create(): void {
    this.#database.transaction(() => {
      this.#database.exec(tables);
      for (const [table, first] of Object.entries(firstIds)) {
        this.run('INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)', table, first);
      }
      this.#database.pragma(`user_version = ${tablesVersion}`);
    })();
  }

  #statement(sql: string): Database.Statement<Value[]> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare<Value[]>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  one<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  count(sql: string, ...values: Value[]): number {
    return this.#statement(sql)
      .pluck()
      .get(...values) as number;
  }

  /** Runs one write; returns the id of the row it inserted and how many rows it changed. */
  run(sql: string, ...values: Value[]): { readonly id: number; readonly changes: number } {
    const { lastInsertRowid, changes } = this.#statement(sql).run(...values);
    return { id: Number(lastInsertRowid), changes };
  }

  transaction<T>(work: () => T): T {
    return this.#transact(work) as T;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}
