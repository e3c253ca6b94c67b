import { projection, type Table, table } from './projection.ts';

/** Whose tokens a session's replies are. */
type SpenderRow = {
  readonly session: string;
  readonly convoy: string;
  readonly bead: number;
  readonly role: string;
};

/** What one role spent on one model for one bead. */
export type SpendRow = {
  readonly convoy: string;
  /** 0 where it was for no bead. */
  readonly bead: number;
  readonly role: string;
  readonly model: string;
  /** Counted from the sessions that this ledger holds. */
  readonly replies: number;
  readonly input_tokens: number;
  readonly cached_input_tokens: number;
  readonly output_tokens: number;
  /** Counted from what was charged to the convoy's budget. */
  readonly charged_input_tokens: number;
  readonly charged_output_tokens: number;
  readonly usd: number;
};

const spenders = table<SpenderRow>({
  columns: {
    session: 'TEXT NOT NULL',
    convoy: 'TEXT NOT NULL',
    bead: 'INTEGER NOT NULL',
    role: 'TEXT NOT NULL',
  },
  key: ['session'],
});

const spendTable = table<SpendRow>({
  columns: {
    convoy: 'TEXT NOT NULL',
    bead: 'INTEGER NOT NULL',
    role: 'TEXT NOT NULL',
    model: 'TEXT NOT NULL',
    replies: 'INTEGER NOT NULL',
    input_tokens: 'INTEGER NOT NULL',
    cached_input_tokens: 'INTEGER NOT NULL',
    output_tokens: 'INTEGER NOT NULL',
    charged_input_tokens: 'INTEGER NOT NULL',
    charged_output_tokens: 'INTEGER NOT NULL',
    usd: 'REAL NOT NULL',
  },
  key: ['convoy', 'bead', 'role', 'model'],
});

type Who = Pick<SpendRow, 'convoy' | 'bead' | 'role' | 'model'>;

function add(spend: Table<SpendRow>, who: Who, more: Partial<Omit<SpendRow, keyof Who>>): void {
  const before = spend.get(who.convoy, who.bead, who.role, who.model);
  spend.put({
    ...who,
    replies: (before?.replies ?? 0) + (more.replies ?? 0),
    input_tokens: (before?.input_tokens ?? 0) + (more.input_tokens ?? 0),
    cached_input_tokens: (before?.cached_input_tokens ?? 0) + (more.cached_input_tokens ?? 0),
    output_tokens: (before?.output_tokens ?? 0) + (more.output_tokens ?? 0),
    charged_input_tokens: (before?.charged_input_tokens ?? 0) + (more.charged_input_tokens ?? 0),
    charged_output_tokens: (before?.charged_output_tokens ?? 0) + (more.charged_output_tokens ?? 0),
    usd: (before?.usd ?? 0) + (more.usd ?? 0),
  });
}

/** Tokens and money by convoy, bead, role and model. */
export const spend = projection({
  name: 'spend',
  version: 1,
  tables: { spend: spendTable, spenders },
  handlers: {
    SessionStarted: (event, { spenders }) => {
      const { convoy, bead, role } = event.data;
      spenders.put({ session: event.stream, convoy: convoy ?? '', bead: bead ?? 0, role });
    },
    ModelReplied: (event, { spend, spenders }) => {
      const spender = spenders.get(event.stream);
      if (spender === undefined) return;
      const { usage, model } = event.data;
      add(
        spend,
        { convoy: spender.convoy, bead: spender.bead, role: spender.role, model },
        {
          replies: 1,
          input_tokens: usage.inputTokens,
          cached_input_tokens: usage.cachedInputTokens,
          output_tokens: usage.outputTokens,
        },
      );
    },
    BudgetSpent: (event, { spend }) => {
      const { role, model, bead, inputTokens, outputTokens, usd } = event.data;
      add(
        spend,
        { convoy: event.stream, bead: bead ?? 0, role, model },
        { charged_input_tokens: inputTokens, charged_output_tokens: outputTokens, usd },
      );
    },
  },
});
