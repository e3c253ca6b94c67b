import type { StreamId } from '../../domain/event.ts';
import { type Table, table } from './projection.ts';

/** One bead as people ask for it. `id` is `<convoy issue>.<number>`; it is unique within a repository. */
export type BeadRow = {
  readonly id: string;
  readonly title: string;
  readonly status: 'open' | 'in_progress' | 'blocked' | 'closed';
  /** `polecat:<topic>`, or empty. */
  readonly assignee: string;
  /** One note a line. */
  readonly notes: string;
  /** The convoy's stream. */
  readonly convoy: string;
  readonly number: number;
  readonly description: string;
  readonly acceptance: string;
  /** Ids of the beads that must have landed before, separated by spaces. */
  readonly needs: string;
  /** How many tries have begun. */
  readonly attempts: number;
  /** `change`, `no-changes`, or empty. */
  readonly outcome: string;
  readonly commit: string;
  /** 1 when its change is in the verified convoy branch. */
  readonly landed: number;
  readonly updated: string;
};

export const beadTable = table<BeadRow>({
  columns: {
    id: 'TEXT NOT NULL',
    title: 'TEXT NOT NULL',
    status: "TEXT NOT NULL CHECK (status IN ('open', 'in_progress', 'blocked', 'closed'))",
    assignee: 'TEXT NOT NULL',
    notes: 'TEXT NOT NULL',
    convoy: 'TEXT NOT NULL',
    number: 'INTEGER NOT NULL',
    description: 'TEXT NOT NULL',
    acceptance: 'TEXT NOT NULL',
    needs: 'TEXT NOT NULL',
    attempts: 'INTEGER NOT NULL',
    outcome: 'TEXT NOT NULL',
    commit: 'TEXT NOT NULL',
    landed: 'INTEGER NOT NULL',
    updated: 'TEXT NOT NULL',
  },
  key: ['convoy', 'number'],
});

/** `12.3`: the third bead of the convoy whose issue is 12. */
export function beadId(convoy: StreamId, number: number): string {
  return `${convoy.slice(convoy.lastIndexOf('/') + 1)}.${number}`;
}

/** Changes the row of a bead; an event about a bead that was never created changes nothing. */
export function changeBead(
  beads: Table<BeadRow>,
  event: { readonly stream: StreamId; readonly at: string; readonly data: { readonly bead: number } },
  change: (row: BeadRow) => Partial<BeadRow>,
): void {
  const row = beads.get(event.stream, event.data.bead);
  if (row === undefined) return;
  beads.put({ ...row, ...change(row), updated: event.at });
}
