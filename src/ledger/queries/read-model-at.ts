import type { LedgerReader } from '../open-reader.ts';
import { allProjections } from '../projections/all-projections.ts';
import type { Row } from '../projections/projection.ts';
import { quote } from '../projections/row-table.ts';
import { projectUpTo } from './project-up-to.ts';

export interface ReadModel {
  readonly position: number;
  /** The rows of each of its tables, in order of their key. */
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

/** The names of the read models that there are. */
export const readModelNames: readonly string[] = allProjections.map((projection) => projection.name);

/** A read model as it was when the event at `position` had just happened; null for a name that there isn't. */
export function readModelAt(reader: LedgerReader, name: string, position: number): ReadModel | null {
  const projection = reader.projections.find((one) => one.name === name);
  if (projection === undefined) return null;
  using model = projectUpTo(reader, projection, position);
  const tables: Record<string, readonly Row[]> = {};
  for (const [table, { key }] of Object.entries(projection.tables)) {
    const order = key.map(quote).join(', ');
    tables[table] = model.db.prepare<[], Row>(`SELECT * FROM ${quote(table)} ORDER BY ${order}`).all();
  }
  return { position: Math.min(position, reader.log.lastPosition()), tables };
}
