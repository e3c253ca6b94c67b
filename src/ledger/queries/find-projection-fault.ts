import type { LedgerReader } from '../open-reader.ts';
import { allProjections } from '../projections/all-projections.ts';
import { prepareProjectionStatuses } from '../projections/projection-status.ts';
import { quote } from '../projections/row-table.ts';
import { projectUpTo } from './project-up-to.ts';
import type { Fault } from './verify-ledger.ts';

/** The first read model whose rows are not those that the log makes. One that is being made anew is left out. */
export function findProjectionFault(reader: LedgerReader): Fault | null {
  const statuses = prepareProjectionStatuses(reader.db).all();
  for (const projection of allProjections) {
    const stored = statuses.get(projection.name);
    if (stored?.status !== 'live' || stored.version !== projection.version) continue;
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
