import { projection, type Table, table } from './projection.ts';

/** One agent's conversation, how it stands and what it took. */
export type SessionRow = {
  readonly session: string;
  readonly role: string;
  readonly convoy: string;
  readonly bead: number;
  readonly model: string;
  readonly status: 'running' | 'suspended' | 'ended';
  /** Why it ended, or empty. */
  readonly outcome: string;
  readonly replies: number;
  readonly tool_calls: number;
  readonly input_tokens: number;
  readonly cached_input_tokens: number;
  readonly output_tokens: number;
  readonly started: string;
  readonly ended: string | null;
};

const sessionTable = table<SessionRow>({
  columns: {
    session: 'TEXT NOT NULL',
    role: 'TEXT NOT NULL',
    convoy: 'TEXT NOT NULL',
    /** 0 where the session works for no bead. */
    bead: 'INTEGER NOT NULL',
    model: 'TEXT NOT NULL',
    status: 'TEXT NOT NULL',
    outcome: 'TEXT NOT NULL',
    replies: 'INTEGER NOT NULL',
    tool_calls: 'INTEGER NOT NULL',
    input_tokens: 'INTEGER NOT NULL',
    cached_input_tokens: 'INTEGER NOT NULL',
    output_tokens: 'INTEGER NOT NULL',
    started: 'TEXT NOT NULL',
    ended: 'TEXT',
  },
  key: ['session'],
});

function change(
  sessions: Table<SessionRow>,
  stream: string,
  to: (row: SessionRow) => Partial<SessionRow>,
): void {
  const row = sessions.get(stream);
  if (row !== undefined) sessions.put({ ...row, ...to(row) });
}

export const sessions = projection({
  name: 'sessions',
  version: 1,
  tables: { sessions: sessionTable },
  handlers: {
    SessionStarted: (event, { sessions }) => {
      const { role, convoy, bead, model } = event.data;
      sessions.put({
        session: event.stream,
        role,
        convoy: convoy ?? '',
        bead: bead ?? 0,
        model,
        status: 'running',
        outcome: '',
        replies: 0,
        tool_calls: 0,
        input_tokens: 0,
        cached_input_tokens: 0,
        output_tokens: 0,
        started: event.at,
        ended: null,
      });
    },
    ModelReplied: (event, { sessions }) => {
      const { usage, toolCalls } = event.data;
      change(sessions, event.stream, (row) => ({
        replies: row.replies + 1,
        tool_calls: row.tool_calls + toolCalls.length,
        input_tokens: row.input_tokens + usage.inputTokens,
        cached_input_tokens: row.cached_input_tokens + usage.cachedInputTokens,
        output_tokens: row.output_tokens + usage.outputTokens,
      }));
    },
    ContextCompacted: (event, { sessions }) => {
      const { usage } = event.data;
      change(sessions, event.stream, (row) => ({
        input_tokens: row.input_tokens + usage.inputTokens,
        cached_input_tokens: row.cached_input_tokens + usage.cachedInputTokens,
        output_tokens: row.output_tokens + usage.outputTokens,
      }));
    },
    SessionSuspended: (event, { sessions }) =>
      change(sessions, event.stream, () => ({ status: 'suspended' })),
    SessionResumed: (event, { sessions }) => change(sessions, event.stream, () => ({ status: 'running' })),
    SessionEnded: (event, { sessions }) =>
      change(sessions, event.stream, () => ({
        status: 'ended',
        outcome: event.data.outcome,
        ended: event.at,
      })),
  },
});
