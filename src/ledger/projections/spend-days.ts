import { projection, table } from './projection.ts';

/** What a convoy was charged on one day. */
export type SpendDayRow = {
  /** In UTC: `2026-05-17`. */
  readonly day: string;
  readonly convoy: string;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly usd: number;
};

const spendDayTable = table<SpendDayRow>({
  columns: {
    day: 'TEXT NOT NULL',
    convoy: 'TEXT NOT NULL',
    input_tokens: 'INTEGER NOT NULL',
    output_tokens: 'INTEGER NOT NULL',
    usd: 'REAL NOT NULL',
  },
  key: ['day', 'convoy'],
});

/** Tokens and money by day and convoy. */
export const spendDays = projection({
  name: 'spend_days',
  version: 1,
  tables: { spend_days: spendDayTable },
  handlers: {
    BudgetSpent: (event, { spend_days }) => {
      const { inputTokens, outputTokens, usd } = event.data;
      const day = event.at.slice(0, 10);
      const before = spend_days.get(day, event.stream);
      spend_days.put({
        day,
        convoy: event.stream,
        input_tokens: (before?.input_tokens ?? 0) + inputTokens,
        output_tokens: (before?.output_tokens ?? 0) + outputTokens,
        usd: (before?.usd ?? 0) + usd,
      });
    },
  },
});
