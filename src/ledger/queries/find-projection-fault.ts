import type { LedgerReader } from '../open-reader.ts';
import type { Projection } from '../projections/projection.ts';
import { prepareProjectionStatuses } from '../projections/projection-status.ts';
import { quote } from '../projections/row-table.ts';
import { projectUpTo } from './project-up-to.ts';
import type { Fault } from './verify-ledger.ts';

/** The first read model whose rows are not those that the log makes; those of `leftOutModels` are not looked at. */
export function findProjectionFault(reader: LedgerReader): Fault | null {
  for (const projection of comparable(reader)) {
    using model = projectUpTo(reader, projection, Number.POSITIVE_INFINITY);
    for (const table of Object.keys(projection.tables)) {
      const rows = reader.db
        .prepare(`SELECT * FROM ${quote(table)}`)
        .raw()
        .iterate();
      const expected = model.db
        .prepare(`SELECT * FROM ${quote(table)}`)
        .raw()
        .iterate();
      if (!sameRows(rows, expected)) {
        return { position: null, what: `the table ${table} is not what the log makes: rebuild it` };
      }
    }
  }
  return null;
}

/**
 * Read models in the file that can't be compared: they are being made anew, another version of the program keeps them, or
 * this one does not know them.
 */
export function leftOutModels(reader: LedgerReader): readonly string[] {
  const known = new Set(comparable(reader).map(({ name }) => name));
  return [...prepareProjectionStatuses(reader.db).all().keys()].filter((name) => !known.has(name)).sort();
}

function comparable({ db, projections }: LedgerReader): readonly Projection[] {
  const statuses = prepareProjectionStatuses(db).all();
  return projections.filter(({ name, version }) => {
    const stored = statuses.get(name);
    return stored?.status === 'live' && stored.version === version;
  });
}

function sameRows(left: IterableIterator<unknown>, right: IterableIterator<unknown>): boolean {
  try {
    for (const row of left) {
      const other = right.next();
      if (other.done || JSON.stringify(row) !== JSON.stringify(other.value)) return false;
    }
    return right.next().done === true;
  } finally {
    right.return?.();
  }
}
