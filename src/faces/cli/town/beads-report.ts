import type { Bead } from '../../../domain/bead/bead.ts';
import { isReady } from '../../../domain/bead/derive.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import { formatRows } from '../ledger/format-rows.ts';
import { beadRow } from '../view/live/bead-row.ts';
import type { Report } from './report.ts';

/** The bead board: a row for each bead. */
export function beadsReport(convoys: readonly Convoy[]): Report {
  const rows = convoys.flatMap((convoy) => [...convoy.beads.values()].map((bead) => row(convoy, bead)));
  if (rows.length === 0) return { text: 'There are no beads yet.\n', json: [] };
  const shown = rows.map(({ standing, needs, ...one }) => ({
    ...one,
    status: standing,
    needs: needs.join(' '),
  }));
  return { text: formatRows(shown, ['id', 'title', 'status', 'assignee', 'needs']), json: rows };
}

function row(convoy: Convoy, bead: Bead) {
  const id = (number: number): string => `${convoy.opened.issue}.${number}`;
  return {
    id: id(bead.number),
    title: bead.title,
    status: bead.status,
    /** The status with what is derived from it: landed, waits for another, in quarantine. */
    standing: beadRow(convoy.beads, bead).standing,
    ready: isReady(convoy.beads, bead),
    landed: bead.landedAs !== null,
    assignee: bead.slung ? `polecat:${bead.topic}` : '',
    needs: bead.needs.map(id),
    attempts: bead.attempts,
  };
}
