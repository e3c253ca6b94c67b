import { convoyStream } from '../../../domain/convoy/convoy-stream.ts';
import type { Convoy } from '../../../domain/convoy/state.ts';
import type { EventData } from '../../../domain/event-types.ts';
import { formatRows } from '../ledger/format-rows.ts';
import type { TownMemory } from './read-town.ts';
import type { Report } from './report.ts';

export type CostBy = 'role' | 'bead' | 'model';

interface Row {
  readonly key: string;
  readonly sessions: ReadonlySet<string>;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
}

/** What was spent, a row for each role, bead or model, the dearest first. */
export function costReport(
  { reader }: TownMemory,
  { by, convoys }: { readonly by: CostBy; readonly convoys: readonly Convoy[] },
): Report {
  const rows = new Map<string, Row>();
  for (const { opened } of convoys) {
    for (const event of reader.log.read(convoyStream(opened.repository.id, opened.issue), 0)) {
      if (event.type === 'BudgetSpent') add(rows, keyOf(by, opened.issue, event.data), event.data);
    }
  }
  const sorted = [...rows.values()].sort(
    (a, b) => b.costUsd - a.costUsd || b.inputTokens + b.outputTokens - a.inputTokens - a.outputTokens,
  );
  const json = sorted.map(({ key, sessions, ...rest }) => ({ [by]: key, sessions: sessions.size, ...rest }));
  if (sorted.length === 0) return { text: 'Nothing was spent yet.\n', json };
  const shown = [...sorted, total(sorted)].map((row) => ({
    [by]: row.key,
    sessions: row.sessions.size,
    'input tokens': row.inputTokens.toLocaleString('en-US'),
    'output tokens': row.outputTokens.toLocaleString('en-US'),
    cost: `$${row.costUsd.toFixed(4)}`,
  }));
  return { text: formatRows(shown), json };
}

function keyOf(by: CostBy, issue: number, spent: EventData['BudgetSpent']): string {
  if (by === 'bead') return spent.bead === null ? `${issue} (no bead)` : `${issue}.${spent.bead}`;
  return spent[by];
}

function add(rows: Map<string, Row>, key: string, spent: EventData['BudgetSpent']): void {
  const before = rows.get(key) ?? {
    key,
    sessions: new Set<string>(),
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
  };
  rows.set(key, {
    key,
    sessions: new Set([...before.sessions, spent.session]),
    inputTokens: before.inputTokens + spent.inputTokens,
    outputTokens: before.outputTokens + spent.outputTokens,
    costUsd: before.costUsd + spent.usd,
  });
}

function total(rows: readonly Row[]): Row {
  const sum = (of: (row: Row) => number): number => rows.reduce((all, row) => all + of(row), 0);
  return {
    key: 'total',
    sessions: new Set(rows.flatMap((row) => [...row.sessions])),
    inputTokens: sum((row) => row.inputTokens),
    outputTokens: sum((row) => row.outputTokens),
    costUsd: sum((row) => row.costUsd),
  };
}
