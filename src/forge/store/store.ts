import Database from 'better-sqlite3';
import { migrations } from './migrations.ts';
import { firstIds, tables, tablesVersion } from './tables.ts';

type Value = string | number | null;

/** The file was made by a forge whose tables can't be brought up to these: a newer one, or one too old. */
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

  /** Opens `file` (or `:memory:`), makes the tables where they are missing and migrates older ones. @throws StoreVersionError */
  constructor(file: string) {
    this.#database = new Database(file);
    this.#transact = this.#database.transaction((work: () => unknown) => work());
    this.#database.pragma('journal_mode = WAL');
    this.#database.pragma('synchronous = NORMAL');
    // Only between transactions can this be changed, and a migration that makes a table anew needs it off.
    this.#database.pragma('foreign_keys = OFF');
    this.#database.pragma('legacy_alter_table = ON');
    const version = Number(this.#database.pragma('user_version', { simple: true }));
    if (version === 0) this.#create();
    else if (!this.#migrate(version)) {
      this.#database.close();
      throw new StoreVersionError(file, version);
    }
    this.#database.pragma('legacy_alter_table = OFF');
    this.#database.pragma('foreign_keys = ON');
  }

  /** Brings older tables up to these, all or nothing; false where no way leads there. */
  #migrate(from: number): boolean {
    const versions = Array.from({ length: Math.max(0, tablesVersion - from) }, (_, step) => from + step);
    const steps = versions.flatMap((version) => migrations.get(version) ?? []);
    if (from > tablesVersion || steps.length < versions.length) return false;
    this.#database.transaction(() => {
      for (const step of steps) this.#database.exec(step);
      this.#database.pragma(`user_version = ${tablesVersion}`);
    })();
    return true;
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

  /** Does all of `work` or nothing; within another transaction it is a part of that one. */
  transaction<T>(work: () => T): T {
    return (this.#database.inTransaction ? work() : this.#transact(work)) as T;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }
}
