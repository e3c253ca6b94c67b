import type { NewEventOf, Recorded } from '../../domain/event.ts';
import type { EventType } from '../../domain/event-types.ts';

export type Cell = string | number | null;
export type Row = Readonly<Record<string, Cell>>;

/** One table of a read model. `columns` gives each column's SQL type and constraints; `key` names the primary key. */
export interface TableDefinition<R extends Row = Row> {
  readonly columns: Readonly<Record<keyof R & string, string>>;
  readonly key: readonly (keyof R & string)[];
  /** Columns of further indexes. */
  readonly indexes?: readonly (readonly (keyof R & string)[])[];
}

/** The rows of one table as handlers see them. A row is replaced whole and never changed in place. */
export interface Table<R extends Row = Row> {
  get(...key: readonly Cell[]): R | undefined;
  put(row: R): void;
  delete(...key: readonly Cell[]): void;
}

/** What a handler may know of an event: all of this is the same whenever the event is handled. */
export type ProjectedEvent<T extends EventType = EventType> = NewEventOf<T> &
  Pick<Recorded, 'stream' | 'version' | 'actor' | 'at' | 'position'>;

type Tables = Readonly<Record<string, TableDefinition>>;
type RowOf<D> = D extends TableDefinition<infer R> ? R : never;
export type OpenTables<T extends Tables> = { readonly [N in keyof T]: Table<RowOf<T[N]>> };

/** A read model, declared in one place. Handlers are pure but for the rows that they put and delete. */
export interface Projection {
  readonly name: string;
  /** Raised whenever the same events give other rows: the tables are then made anew from the log. */
  readonly version: number;
  readonly tables: Tables;
  readonly handlers: Readonly<
    Partial<Record<string, (event: ProjectedEvent, tables: OpenTables<Tables>) => void>>
  >;
}

/** Declares a table whose rows are of type `R`. */
export function table<R extends Row>(definition: TableDefinition<R>): TableDefinition<R> {
  return definition;
}

/** Declares a read model; each handler gets its own event type and the declared tables. */
export function projection<T extends Record<string, TableDefinition<never>>>(declared: {
  readonly name: string;
  readonly version: number;
  readonly tables: T;
  readonly handlers: {
    readonly [E in EventType]?: (
      event: ProjectedEvent<E>,
      tables: { readonly [N in keyof T]: Table<T[N] extends TableDefinition<infer R> ? R : never> },
    ) => void;
  };
}): Projection {
  // The handler of a type is only ever called with events of that type and with the tables declared beside it.
  return declared as unknown as Projection;
}
